import java.io.File;
import org.verapdf.gf.foundry.VeraGreenfieldFoundryProvider;
import org.verapdf.pdfa.Foundries;
import org.verapdf.pdfa.PDFAParser;
import org.verapdf.pdfa.PDFAValidator;
import org.verapdf.pdfa.flavours.PDFAFlavour;
import org.verapdf.pdfa.results.TestAssertion;
import org.verapdf.pdfa.results.ValidationResult;

/** Holds PDF files against flavours of PDF/A and PDF/UA with veraPDF: PdfCheck 3a,ua1 FILE... */
public class PdfCheck {
  public static void main(String[] arguments) throws Exception {
    VeraGreenfieldFoundryProvider.initialise();
    boolean compliant = true;
    for (int i = 1; i < arguments.length; i++) {
      for (String name : arguments[0].split(",")) {
        PDFAFlavour flavour = PDFAFlavour.byFlavourId(name);
        try (PDFAParser parser = Foundries.defaultInstance().createParser(new File(arguments[i]), flavour);
            PDFAValidator validator = Foundries.defaultInstance().createValidator(flavour, false)) {
          ValidationResult result = validator.validate(parser);
          compliant &= result.isCompliant();
          System.out.printf("%s %s %s assertions=%d%n", arguments[i], name,
              result.isCompliant() ? "PASS" : "FAIL", result.getTotalAssertions());
          for (TestAssertion assertion : result.getTestAssertions()) {
            if (assertion.getStatus() == TestAssertion.Status.FAILED) {
              System.out.println("  " + assertion.getRuleId().getClause() + ": " + assertion.getMessage());
            }
          }
        }
      }
    }
    System.exit(compliant ? 0 : 1);
  }
}
