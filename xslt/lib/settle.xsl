<?xml version="1.0" encoding="UTF-8"?>
<!-- First step: which words are read. Alternatives are decided, words divided at a line's end are joined,
     running heads and certainties are taken out, notes are brought to the place they belong to. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:mode name="settle" on-no-match="shallow-copy"/>

  <!-- Paragraphs are counted in the document, so that registers and pages give the same numbers. -->
  <xsl:accumulator name="paragraph" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="tei:p[f:counts(.)] | tei:ab[f:counts(.)] | tei:lg[f:counts(.)]" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:key name="numbered" match="tei:p[f:counts(.)] | tei:ab[f:counts(.)] | tei:lg[f:counts(.)]"
      use="accumulator-before('paragraph')"/>

  <xsl:key name="note-for" match="tei:note[@target][not(parent::tei:noteGrp/parent::tei:standOff)]"
      use="tokenize(@target)[1][starts-with(., '#')] ! substring(., 2)"/>

  <xsl:function name="f:counts" as="xs:boolean">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="exists($block/ancestor::tei:text) and not(f:ornament($block)) and empty($block/ancestor::*[self::tei:note or self::tei:figure or self::tei:cell or self::tei:lg
        or self::tei:p or self::tei:item])"/>
  </xsl:function>

  <!-- A line that the source draws between two paragraphs, of asterisks or the like: it says nothing. -->
  <xsl:function name="f:ornament" as="xs:boolean">
    <xsl:param name="block" as="element()"/>
    <xsl:sequence select="exists($block/(self::tei:p | self::tei:ab)) and f:drawn($block)"/>
  </xsl:function>

  <!-- Whether an element holds what is drawn and nothing else. -->
  <xsl:function name="f:drawn" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element//tei:metamark[@function = 'rule'])
        and empty($element//text()[normalize-space()][not(ancestor::tei:metamark[@function = 'rule'])])"/>
  </xsl:function>

  <!-- Whether it is a rule and no ornament. -->
  <xsl:function name="f:ruled" as="xs:boolean">
    <xsl:param name="ornament" as="element()"/>
    <xsl:sequence select="matches($ornament, '^[-–—―‒_=─━═~\s]+$')"/>
  </xsl:function>

  <xsl:template match="tei:p | tei:ab | tei:lg" mode="settle" as="element()">
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="settle"/>
      <xsl:if test="f:counts(.)">
        <xsl:attribute name="r:n" select="accumulator-before('paragraph')"/>
        <xsl:attribute name="r:anchor" select="f:anchor(.)"/>
      </xsl:if>
      <xsl:apply-templates mode="settle"/>
    </xsl:copy>
  </xsl:template>

  <!-- The id of a counted paragraph: its own, or p and its number. Where something else has that id, there is a colon
       in it, which no xml:id has. -->
  <xsl:function name="f:anchor" as="xs:string">
    <xsl:param name="paragraph" as="element()"/>
    <xsl:variable name="number" as="xs:string" select="string($paragraph/accumulator-before('paragraph'))"/>
    <xsl:sequence select="if ($paragraph/@xml:id) then $paragraph/@xml:id
        else if (key('id', 'p' || $number, root($paragraph))) then 'p:' || $number else 'p' || $number"/>
  </xsl:function>

  <!-- A title page or first heading that repeats the title is the title, and is not shown twice. -->
  <xsl:template match="tei:head | tei:titlePart" mode="settle" as="element()">
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="settle"/>
      <xsl:if test=". is root(.)/descendant::tei:text[1]/descendant::*[self::tei:head or self::tei:titlePart][1] and f:says-title(.)">
        <xsl:attribute name="r:title" select="'yes'"/>
      </xsl:if>
      <xsl:apply-templates mode="settle"/>
    </xsl:copy>
  </xsl:template>

  <!-- What had nothing but the title. -->
  <xsl:function name="f:emptied" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="exists($element[self::tei:docTitle or self::tei:titlePage]//@r:title)
        and empty($element//text()[normalize-space()][empty(ancestor::*/@r:title)])"/>
  </xsl:function>

  <!-- A list that runs on within a paragraph is read as the words that it is. -->
  <xsl:template match="tei:list[f:runs-on(.)] | tei:list[f:runs-on(.)]/tei:label | tei:list[f:runs-on(.)]/tei:item"
      mode="settle" as="element()">
    <tei:seg>
      <xsl:apply-templates select="@* except @rend" mode="settle"/>
      <xsl:apply-templates mode="settle"/>
    </tei:seg>
  </xsl:template>

  <xsl:function name="f:runs-on" as="xs:boolean">
    <xsl:param name="list" as="element(tei:list)"/>
    <xsl:sequence select="$list/@rend = 'inline' and exists($list/ancestor::tei:p)
        and empty($list/(tei:head, */tei:p, */tei:table, */tei:lg, */tei:list[not(f:runs-on(.))]))"/>
  </xsl:function>

  <!-- Pointers are resolved while it is known where they stand. -->
  <xsl:template match="@ref | @target" mode="settle" as="attribute()+">
    <xsl:copy/>
    <xsl:if test="f:resolve(.)"><xsl:attribute name="r:uri" select="f:resolve(.)"/></xsl:if>
  </xsl:template>

  <xsl:template match="@xml:lang" mode="settle" as="attribute()?">
    <xsl:for-each select="f:tag(.)"><xsl:attribute name="xml:lang" select="."/></xsl:for-each>
  </xsl:template>

  <xsl:template match="tei:text" mode="settle" as="element()">
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="settle"/>
      <xsl:attribute name="xml:lang" select="f:language(.)"/>
      <xsl:apply-templates mode="settle"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="comment() | processing-instruction()" mode="settle"/>

  <!-- What belongs to the page, to the machine or to the encoding, and not to the words; registers are not read. -->
  <xsl:template match="tei:fw | tei:cb | tei:gb | tei:handShift | tei:certainty | tei:precision | tei:respons | tei:index
      | tei:alt | tei:altGrp | tei:link | tei:linkGrp | tei:join | tei:span | tei:spanGrp | tei:interp | tei:interpGrp
      | tei:addSpan | tei:delSpan | tei:damageSpan | tei:listTranspose | tei:substJoin | tei:graphic | tei:media
      | tei:teiHeader | tei:standOff | tei:listPerson | tei:listPlace | tei:listOrg | tei:listRelation | tei:facsimile | tei:sourceDoc" mode="settle"/>

  <!-- White space -->

  <xsl:template match="text()" mode="settle" as="text()?">
    <xsl:variable name="joined-before" as="xs:boolean" select="exists(f:neighbour(., -1)[f:joins(.)])"/>
    <xsl:variable name="joined-after" as="xs:boolean" select="exists(f:neighbour(., 1)[f:joins(.)])"/>
    <xsl:variable name="text" as="xs:string" select="replace(., '[\t\n\r ]+', ' ')"/>
    <xsl:variable name="text" as="xs:string" select="if ($joined-before) then replace($text, '^ ', '') else $text"/>
    <xsl:value-of select="if ($joined-after) then replace($text, ' $', '') else $text"/>
  </xsl:template>

  <!-- The nearest node before (-1) or after (1), running heads and white space left aside. -->
  <xsl:function name="f:neighbour" as="node()?">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="side" as="xs:integer"/>
    <xsl:sequence select="(if ($side lt 0) then $node/preceding-sibling::node()[f:seen(.)][1]
        else $node/following-sibling::node()[f:seen(.)][1])"/>
  </xsl:function>

  <xsl:function name="f:seen" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="if ($node instance of text()) then boolean(normalize-space($node))
        else $node instance of element() and not($node/(self::tei:fw or self::tei:pb[not(@break)] or self::tei:cb[not(@break)]))"/>
  </xsl:function>

  <!-- A break within a word, or the hyphen before it. -->
  <xsl:function name="f:joins" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence
        select="$node/@break = 'no' or exists($node[self::tei:pc][@force = 'weak'] ! f:neighbour(., 1)[@break = 'no'])"/>
  </xsl:function>

  <xsl:template match="tei:pc[f:joins(.)]" mode="settle"/>

  <!-- Lines are kept where they matter (inscriptions, addresses, title pages), and are a space in prose. -->
  <xsl:template match="tei:lb" mode="settle" as="node()?">
    <xsl:choose>
      <xsl:when test="empty(preceding-sibling::node()[f:seen(.)])"/>
      <xsl:when test="ancestor::tei:p or ancestor::tei:l or ancestor::tei:note">
        <xsl:if test="not(@break = 'no')"><xsl:text> </xsl:text></xsl:if>
      </xsl:when>
      <xsl:otherwise><xsl:copy-of select="."/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Alternatives. @r:instead keeps what is not shown, for those outputs that can show it on request. -->

  <xsl:template match="tei:choice" mode="settle" as="node()*">
    <xsl:apply-templates select="*[1]" mode="settle"/>
  </xsl:template>

  <xsl:template match="tei:choice[tei:sic][tei:corr]" mode="settle" as="element()">
    <xsl:apply-templates select="tei:corr[1]" mode="instead"/>
  </xsl:template>

  <xsl:template match="tei:choice[tei:orig][tei:reg]" mode="settle" as="element()">
    <xsl:apply-templates select="tei:reg[1]" mode="instead"/>
  </xsl:template>

  <xsl:template match="tei:choice[tei:abbr][tei:expan]" mode="settle" as="element()">
    <xsl:apply-templates select="tei:expan[1]" mode="instead"/>
  </xsl:template>

  <!-- The print errs: its words are shown, and what should be read stands beside them. -->
  <xsl:template match="tei:choice[tei:sic][tei:corr/@type = 'source']" mode="settle" priority="1" as="element()*">
    <xsl:apply-templates select="tei:sic" mode="settle"/>
    <r:recte><xsl:apply-templates select="tei:corr[1]" mode="settle"/></r:recte>
  </xsl:template>

  <!-- The source corrects itself, and prints both. -->
  <xsl:template match="tei:choice[tei:sic][tei:corr/@source]" mode="settle" priority="2" as="element()*">
    <xsl:apply-templates select="tei:sic, tei:corr" mode="settle"/>
  </xsl:template>

  <xsl:mode name="instead" on-no-match="fail"/>
  <xsl:template match="tei:corr | tei:reg | tei:expan" mode="instead" as="element()">
    <xsl:variable name="other" as="element()" select="../(tei:sic | tei:orig | tei:abbr)[1]"/>
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="settle"/>
      <xsl:attribute name="r:instead" select="normalize-space($other)"/>
      <xsl:apply-templates mode="settle"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="tei:app" mode="settle" as="node()*">
    <xsl:apply-templates select="(tei:lem, tei:rdg, tei:rdgGrp/tei:rdg)[1]/node()" mode="settle"/>
  </xsl:template>

  <!-- The abbreviation's own mark gives way to what it stands for. -->
  <xsl:template match="tei:am[ancestor::tei:expan]" mode="settle"/>

  <!-- Brackets that the encoding stands for. Where the source prints them they are in the text already. -->

  <xsl:template match="tei:ex[not(ancestor::tei:choice)]" mode="settle" as="element()">
    <xsl:sequence select="f:bracketed(., '(', ')')"/>
  </xsl:template>

  <xsl:template match="tei:supplied[not(.//tei:metamark)]" mode="settle" as="element()">
    <xsl:sequence select="if (@reason = 'omitted') then f:bracketed(., '⟨', '⟩') else f:bracketed(., '[', ']')"/>
  </xsl:template>

  <xsl:template match="tei:surplus" mode="settle" as="element()">
    <xsl:sequence select="f:bracketed(., '{', '}')"/>
  </xsl:template>

  <xsl:template match="tei:gap[not(normalize-space(string-join(* except tei:desc)))]" mode="settle" as="element()">
    <xsl:copy><xsl:apply-templates select="@*" mode="settle"/>[…]</xsl:copy>
  </xsl:template>

  <!-- Where the source has a mark of its own for what is missing, that mark is printed. -->
  <xsl:template match="(tei:gap | tei:space)[not(node())][following-sibling::node()[1][self::tei:metamark]]" mode="settle" priority="2"/>

  <!-- Marks that stand for a type style give way to it. -->
  <xsl:template match="tei:hi/tei:metamark[@function = 'hi']" mode="settle"/>

  <xsl:template match="tei:space" mode="settle" as="element()">
    <xsl:copy><xsl:apply-templates select="@*" mode="settle"/><xsl:text>&#x2003;</xsl:text></xsl:copy>
  </xsl:template>

  <xsl:function name="f:bracketed" as="element()">
    <xsl:param name="element" as="element()"/>
    <xsl:param name="opening" as="xs:string"/>
    <xsl:param name="closing" as="xs:string"/>
    <xsl:copy select="$element">
      <xsl:apply-templates select="@*" mode="settle"/>
      <xsl:value-of select="$opening"/>
      <xsl:apply-templates mode="settle"/>
      <xsl:value-of select="$closing"/>
    </xsl:copy>
  </xsl:function>

  <!-- Quotation marks are added only where an encoder has taken them away. -->
  <xsl:template match="tei:q[f:unmarked(.)] | tei:soCalled[f:unmarked(.)]" mode="settle" as="element()">
    <xsl:variable name="marks" as="xs:string+" select="f:marks(f:language(.))"/>
    <xsl:sequence select="f:bracketed(., $marks[1], $marks[2])"/>
  </xsl:template>

  <xsl:function name="f:unmarked" as="xs:boolean">
    <xsl:param name="quotation" as="element()"/>
    <xsl:variable name="before" as="xs:string" select="string($quotation/preceding-sibling::node()[1][self::text()])"/>
    <xsl:sequence select="normalize-space($quotation) and empty($quotation/(tei:p | tei:l | tei:lg | tei:sp))
        and not($quotation/@rend) and not(matches($quotation, '^\s*[\p{Pi}\p{Pf}&quot;''„‚「『—–-]')) and
        not(matches($before, '[\p{Pi}\p{Pf}&quot;''„‚「『]\s*$'))"/>
  </xsl:function>

  <!-- Notes -->

  <xsl:template match="*[@xml:id][key('note-for', @xml:id)]" mode="settle" priority="5" as="node()*">
    <xsl:next-match/>
    <xsl:apply-templates select="key('note-for', @xml:id)" mode="brought"/>
  </xsl:template>

  <!-- The mark that the source has in the text gives way to the note's number, and so does the mark before the note. -->
  <xsl:template match="tei:ref[@type = 'note'][key('note-for', @xml:id)]" mode="settle" priority="6" as="element()*">
    <xsl:apply-templates select="key('note-for', @xml:id)" mode="brought"/>
  </xsl:template>

  <xsl:template match="tei:note[@target][key('id', substring-after(tokenize(@target)[1], '#'))]" mode="settle"/>

  <xsl:mode name="brought" on-no-match="fail"/>
  <xsl:template match="tei:note" mode="brought" as="element()">
    <xsl:variable name="mark" as="element(tei:label)?"
        select="(node() except text()[not(normalize-space())])[1][self::tei:label][matches(., '^\W*\w{0,3}\W*$')]"/>
    <xsl:copy>
      <xsl:apply-templates select="@*" mode="settle"/>
      <xsl:apply-templates select="node() except $mark" mode="settle"/>
    </xsl:copy>
  </xsl:template>
</xsl:stylesheet>
