<?xml version="1.0" encoding="UTF-8"?>
<!-- The pairs of passages that the links of a text name, original and translation: what table and memory are made of. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:p="urn:teipress:pairs" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:include href="edition.xsl"/>
  <xsl:include href="joined.xsl"/>

  <xsl:mode name="wording" on-no-match="text-only-copy"/>

  <!-- A pair for each link, in the order of the original; a passage that no link names is a pair with one side. Links of
       paragraphs count where nothing in the paragraph is linked on its own. -->
  <xsl:function name="p:pairs" as="element(p:pair)*">
    <xsl:param name="text" as="document-node()"/>
    <xsl:variable name="file" as="xs:string?" select="f:file-beside($text)"/>
    <xsl:variable name="text" as="document-node()" select="f:joined($text)"/>
    <xsl:for-each-group select="$text//tei:standOff//tei:linkGrp[@type = 'translation'][count(tokenize(@domains)) = 2]" group-by="string(@domains)">
      <xsl:variable name="domains" as="element()*" select="tokenize(@domains) ! key('id', substring(., 2), $text)[1]"/>
      <xsl:if test="count($domains) = 2">
        <xsl:variable name="named" as="element()*" select="current-group()/tei:link ! tokenize(@target) ! key('id', substring(., 2), $text)[1]"/>
        <xsl:variable name="holding" as="element()*" select="$named/ancestor::* intersect $named"/>
        <xsl:for-each select="current-group()/tei:link">
          <xsl:variable name="passages" as="element()*" select="tokenize(@target) ! key('id', substring(., 2), $text)[1]"/>
          <xsl:variable name="sides" as="element(p:side)*" select="$domains ! p:side(., $passages, $file)"/>
          <xsl:if test="not($passages intersect $holding) and $sides[1]/@ids != '' and $sides[2]/@ids != ''">
            <p:pair cert="{@cert}" resp="{(@resp, ../@resp)[1]}"><xsl:sequence select="$sides"/></p:pair>
          </xsl:if>
        </xsl:for-each>
      </xsl:if>
    </xsl:for-each-group>
  </xsl:function>

  <xsl:function name="p:side" as="element(p:side)">
    <xsl:param name="domain" as="element()"/>
    <xsl:param name="passages" as="element()*"/>
    <xsl:param name="file" as="xs:string?"/>
    <xsl:variable name="own" as="element()*" select="$passages[ancestor-or-self::* intersect $domain]"/>
    <p:side xml:lang="{$domain/ancestor-or-self::*[@xml:lang][1]/@xml:lang}" ids="{$own/@xml:id ! f:pointer(., $file)}">
      <xsl:value-of select="$own ! p:words(.)" separator="{if (starts-with($domain/ancestor-or-self::*[@xml:lang][1]/@xml:lang, 'zh')
          or starts-with($domain/ancestor-or-self::*[@xml:lang][1]/@xml:lang, 'ja')) then '' else ' '}"/>
    </p:side>
  </xsl:function>

  <!-- A passage as it is read: corrected, without notes and brackets. -->
  <xsl:function name="p:words" as="xs:string">
    <xsl:param name="passage" as="element()"/>
    <xsl:variable name="words" as="xs:string*"><xsl:apply-templates select="$passage" mode="wording"/></xsl:variable>
    <xsl:sequence select="normalize-space(string-join($words))"/>
  </xsl:function>

  <xsl:template match="tei:note | tei:fw | tei:del | tei:metamark | tei:pc[@force = 'weak']" mode="wording"/>
  <xsl:template match="tei:choice[tei:corr | tei:reg | tei:expan]/(tei:sic | tei:orig | tei:abbr)" mode="wording"/>
  <xsl:template match="tei:app[tei:lem]/tei:rdg" mode="wording"/>
  <xsl:template match="tei:lb[not(@break = 'no')]" mode="wording" as="xs:string"><xsl:sequence select="' '"/></xsl:template>
</xsl:stylesheet>
