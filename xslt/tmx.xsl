<?xml version="1.0" encoding="UTF-8"?>
<!-- Translation memory: the linked passages of each text as TMX 1.4b (LISA/GALA), for translators' tools. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:p="urn:teipress:pairs" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:include href="lib/pairs.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="yes"/>

  <xsl:template name="pages" as="xs:string*">
    <xsl:sequence select="$texts?*[exists(p:pairs(.))] ! (f:name(.) || '.tmx')"/>
  </xsl:template>

  <xsl:template name="page" as="document-node()">
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="text" as="document-node()" select="$text-called(replace($page, '\.tmx$', ''))"/>
    <xsl:variable name="pairs" as="element(p:pair)*" select="p:pairs($text)"/>
    <xsl:document>
      <tmx version="1.4">
        <header creationtool="teipress" creationtoolversion="{($text//tei:application[@ident = 'teipress']/@version, '0')[1]}"
            segtype="sentence" o-tmf="TEI" adminlang="en" srclang="{($pairs[1]/p:side[1]/@xml:lang[. != ''], '*all*')[1]}" datatype="plaintext"/>
        <body>
          <xsl:for-each select="$pairs">
            <tu tuid="{position()}">
              <xsl:for-each select="@cert[. != '']"><prop type="x-cert">{.}</prop></xsl:for-each>
              <xsl:for-each select="p:side">
                <tuv xml:lang="{(@xml:lang[. != ''], 'und')[1]}">
                  <prop type="x-id">{@ids}</prop>
                  <seg>{.}</seg>
                </tuv>
              </xsl:for-each>
            </tu>
          </xsl:for-each>
        </body>
      </tmx>
    </xsl:document>
  </xsl:template>
</xsl:stylesheet>
