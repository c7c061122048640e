<?xml version="1.0" encoding="UTF-8"?>
<!-- The registers: who and what is named, under which names, and where. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:f="urn:teipress:functions" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <!-- Of each kind: the page it is on and what that page is called. A kind nobody has entered has no page. -->
  <xsl:variable name="kinds" as="map(*)*" select="(
      map{'page': 'persons.html', 'title': 'Persons', 'kind': 'person'},
      map{'page': 'places.html', 'title': 'Places', 'kind': 'place'},
      map{'page': 'organisations.html', 'title': 'Organisations', 'kind': 'org'})[exists(f:entries(.?kind))]"/>

  <xsl:key name="mention" match="tei:text//*[@ref] | tei:correspAction//*[@ref] | tei:author[@ref]"
      use="f:resolve(@ref)"/>

  <xsl:function name="f:entries" as="element()*">
    <xsl:param name="kind" as="xs:string"/>
    <xsl:sequence select="$registers?*//(tei:person | tei:personGrp | tei:place | tei:org)[f:kind(.) = $kind]"/>
  </xsl:function>

  <xsl:function name="f:kind" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="if ($entry/self::tei:personGrp) then 'person' else local-name($entry)"/>
  </xsl:function>

  <xsl:function name="f:names" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence select="$entry/(tei:persName | tei:placeName | tei:orgName | tei:name | tei:settlement | tei:country
        | tei:region | tei:geogName)[normalize-space()]"/>
  </xsl:function>

  <!-- The name an entry goes by: a main one, in the language of the edition where there is one. -->
  <xsl:function name="f:called" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="names" as="element()*" select="f:names($entry)"/>
    <xsl:variable name="main" as="element()*" select="$names[not(@type) or @type = ('main', 'preferred', 'reg')]"/>
    <xsl:variable name="ours" as="xs:string" select="string($edition?language)"/>
    <xsl:sequence select="(f:full-name(($main[lang($ours)], $names[lang($ours)], $main, $names)[1])[.],
        string($entry/@xml:id)[.], '?')[1]"/>
  </xsl:function>

  <!-- A name in parts is written with spaces, whether or not the encoder has written them. -->
  <xsl:function name="f:full-name" as="xs:string">
    <xsl:param name="name" as="element()?"/>
    <xsl:sequence select="normalize-space(if ($name/* and not($name/text()[normalize-space()]))
        then string-join($name/* ! string(), ' ') else string($name))"/>
  </xsl:function>

  <!-- Where an entry stands in its register: by the surname where it is encoded, and never by initials. -->
  <xsl:function name="f:sort-key" as="xs:string">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="said" as="xs:string*"
        select="$entry/@sortKey, f:names($entry)/tei:surname[1]/normalize-space()"/>
    <xsl:sequence select="lower-case(($said, replace(f:called($entry), '^(\p{Lu}\p{Ll}?\.\s*)+', ''))[1])"/>
  </xsl:function>

  <!-- The mentions of an entry in one text. -->
  <xsl:function name="f:mentions" as="element()*">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="text" as="document-node()"/>
    <xsl:sequence select="key('mention', base-uri(root($entry)) || '#' || $entry/@xml:id, $text)"/>
  </xsl:function>
</xsl:stylesheet>
