<?xml version="1.0" encoding="UTF-8"?>
<!-- A translation whose original is another file: both texts in one document, as if they had been encoded so.

     The original's ids get a prefix, and the links and the original's own pointers follow them. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:mode name="join" on-no-match="shallow-copy"/>
  <xsl:mode name="prefix" on-no-match="shallow-copy"/>

  <xsl:variable name="prefix" as="xs:string" select="'original-'"/>

  <!-- The document with the text that its translation links lead to; as it is, where they lead nowhere else. -->
  <xsl:function name="f:joined" as="document-node()">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="groups" as="element(tei:linkGrp)*" select="$document//tei:standOff//tei:linkGrp[@type = 'translation']"/>
    <xsl:variable name="other" as="document-node()?" select="($groups ! f:linked(., $document))[1]"/>
    <xsl:choose>
      <xsl:when test="empty($other)"><xsl:sequence select="$document"/></xsl:when>
      <xsl:otherwise>
        <xsl:document>
          <xsl:apply-templates select="$document/*" mode="join">
            <xsl:with-param name="other" tunnel="yes" select="$other"/>
            <xsl:with-param name="leading" tunnel="yes" select="f:is-original($groups, $document)"/>
          </xsl:apply-templates>
        </xsl:document>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- The name of the file that the links of a document lead to. -->
  <xsl:function name="f:file-beside" as="xs:string?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="domains" as="xs:string*" select="$document//tei:standOff//tei:linkGrp[@type = 'translation']/tokenize(@domains)"/>
    <xsl:sequence select="($domains[not(starts-with(., '#'))] ! substring-before(., '#'))[1]"/>
  </xsl:function>

  <!-- An id as it is in its own file. -->
  <xsl:function name="f:pointer" as="xs:string">
    <xsl:param name="id" as="xs:string"/>
    <xsl:param name="file" as="xs:string?"/>
    <xsl:sequence select="if ($file and starts-with($id, $prefix)) then $file || '#' || substring-after($id, $prefix) else $id"/>
  </xsl:function>

  <!-- The other document that a group links to, if it is at hand. -->
  <xsl:function name="f:linked" as="document-node()?">
    <xsl:param name="group" as="element(tei:linkGrp)"/>
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="pointers" as="xs:string*" select="tokenize($group/@domains)[not(starts-with(., '#'))]"/>
    <xsl:sequence select="($pointers ! f:document-of(., $document))[1]"/>
  </xsl:function>

  <xsl:function name="f:document-of" as="document-node()?">
    <xsl:param name="pointer" as="xs:string"/>
    <xsl:param name="document" as="document-node()"/>
    <xsl:try select="$document-at(replace(string(resolve-uri(iri-to-uri(substring-before($pointer, '#')), base-uri($document))), '^file:/+', 'file:///'))">
      <xsl:catch errors="*" select="()"/>
    </xsl:try>
  </xsl:function>

  <!-- Whether the text elsewhere is the original: @domains names it first. -->
  <xsl:function name="f:is-original" as="xs:boolean">
    <xsl:param name="groups" as="element(tei:linkGrp)*"/>
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="exists($groups[f:linked(., $document)][not(starts-with(tokenize(@domains)[1], '#'))])"/>
  </xsl:function>

  <xsl:template match="tei:TEI/tei:text" mode="join" as="element()+">
    <xsl:param name="other" as="document-node()" tunnel="yes"/>
    <xsl:param name="leading" as="xs:boolean" tunnel="yes"/>
    <xsl:variable name="theirs" as="element()*"><xsl:apply-templates select="$other//tei:TEI/tei:text" mode="prefix"/></xsl:variable>
    <xsl:variable name="own" as="element()">
      <xsl:copy>
        <xsl:copy-of select="@*"/>
        <xsl:if test="$leading"><xsl:attribute name="type" select="'translation'"/></xsl:if>
        <xsl:copy-of select="node()"/>
      </xsl:copy>
    </xsl:variable>
    <xsl:sequence select="if ($leading) then ($theirs, $own) else ($own, $theirs)"/>
  </xsl:template>

  <xsl:template match="tei:linkGrp[@type = 'translation']/@domains | tei:linkGrp[@type = 'translation']/tei:link/@target" mode="join">
    <xsl:attribute name="{name()}" select="tokenize(.) ! (if (starts-with(., '#')) then . else '#' || $prefix || substring-after(., '#'))"/>
  </xsl:template>

  <xsl:template match="@xml:id" mode="prefix"><xsl:attribute name="xml:id" select="$prefix || ."/></xsl:template>
  <xsl:template match="@*[starts-with(., '#')]" mode="prefix">
    <xsl:attribute name="{name()}" namespace="{namespace-uri()}" select="tokenize(.) ! replace(., '^#', '#' || $prefix)"/>
  </xsl:template>
</xsl:stylesheet>
