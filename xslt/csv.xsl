<?xml version="1.0" encoding="UTF-8"?>
<!-- The linked passages of each text as a table: original, translation, their ids, and how sure the link is (RFC 4180). -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:p="urn:teipress:pairs" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:include href="lib/pairs.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:template name="pages" as="xs:string*">
    <xsl:sequence select="$texts?*[exists(p:pairs(.))] ! (f:name(.) || '.csv')"/>
  </xsl:template>

  <xsl:template name="page" as="document-node()">
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="text" as="document-node()" select="$text-called(replace($page, '\.csv$', ''))"/>
    <xsl:variable name="rows" as="xs:string*">
      <xsl:sequence select="p:row(('original_language', 'original', 'translation_language', 'translation', 'original_ids', 'translation_ids', 'cert', 'resp'))"/>
      <xsl:sequence select="p:pairs($text) ! p:row((p:side[1]/@xml:lang, string(p:side[1]), p:side[2]/@xml:lang, string(p:side[2]),
          p:side[1]/@ids, p:side[2]/@ids, @cert, @resp))"/>
    </xsl:variable>
    <xsl:document><xsl:value-of select="string-join($rows ! (. || '&#13;&#10;'))"/></xsl:document>
  </xsl:template>

  <!-- What a spreadsheet would take for a formula gets an apostrophe before it. -->
  <xsl:function name="p:row" as="xs:string">
    <xsl:param name="cells" as="item()*"/>
    <xsl:variable name="safe" as="xs:string*" select="$cells ! replace(string(.), '^([=+@-])', '''$1')"/>
    <xsl:sequence select="string-join($safe ! (if (matches(., '[&quot;,&#10;]')) then '&quot;' || replace(., '&quot;', '&quot;&quot;') || '&quot;' else .), ',')"/>
  </xsl:function>
</xsl:stylesheet>
