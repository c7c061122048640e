<?xml version="1.0" encoding="UTF-8"?>
<!-- What every output is given, and how the parts of an edition find each other.

     An output is a stylesheet with two named templates: "pages" lists the names of the files it makes,
     "page" makes the one that is asked for. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:f="urn:teipress:functions" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <!-- The TEI documents, in the order of the edition. -->
  <xsl:param name="texts" as="array(document-node())" select="[]"/>
  <!-- The authority files: TEI documents with listPerson, listPlace, listOrg. -->
  <xsl:param name="registers" as="array(document-node())" select="[]"/>
  <!-- Originals and translations that the links of these texts lead to, and that are not published with them. -->
  <xsl:param name="beside" as="array(document-node())" select="[]"/>
  <!-- title, language, licence, publisher; editors: an array of names; names: from the URI of each text to its
       name; files: what other outputs have made, such as "print/NAME.pdf". -->
  <xsl:param name="edition" as="map(*)" select="map{}"/>

  <xsl:variable name="text-called" as="map(xs:string, document-node())"
      select="map:merge($texts?* ! map:entry(f:name(.), .))"/>
  <xsl:variable name="document-at" as="map(xs:string, document-node())"
      select="map:merge(($texts?*, $registers?*, $beside?*) ! map:entry(string(base-uri(.)), .))"/>

  <xsl:key name="id" match="*[@xml:id]" use="@xml:id"/>

  <!-- What a text's files are called. -->
  <xsl:function name="f:name" as="xs:string">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="($edition?names(string(base-uri($document))), 'text')[1]"/>
  </xsl:function>

  <!-- The element at an absolute URI: in this text, in a register, in another text. -->
  <xsl:function name="f:at" as="element()?">
    <xsl:param name="uri" as="xs:string?"/>
    <xsl:variable name="document" as="document-node()?" select="$document-at(substring-before($uri, '#'))"/>
    <xsl:sequence select="$document ! key('id', substring-after($uri, '#'), .)[1]"/>
  </xsl:function>

  <!-- A pointer as an absolute URI; of several values the first; nothing where it is no URI at all. -->
  <xsl:function name="f:resolve" as="xs:string?">
    <xsl:param name="pointer" as="attribute()?"/>
    <xsl:variable name="value" as="xs:string?" select="tokenize($pointer)[1]"/>
    <xsl:if test="$value">
      <!-- Resolved file URIs lose two of their slashes. -->
      <xsl:try select="replace(string(resolve-uri(iri-to-uri($value), base-uri($pointer/..))), '^file:/+', 'file:///')">
        <xsl:catch errors="*" select="()"/>
      </xsl:try>
    </xsl:if>
  </xsl:function>

  <!-- An address that may stand in a link: whatever a text says, it never becomes a script. -->
  <xsl:function name="f:web-address" as="xs:string?">
    <xsl:param name="value" as="xs:string?"/>
    <xsl:sequence select="tokenize($value)[1][matches(., '^https?://[^\s]+$', 'i')] ! iri-to-uri(.)"/>
  </xsl:function>
</xsl:stylesheet>
