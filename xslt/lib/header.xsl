<?xml version="1.0" encoding="UTF-8"?>
<!-- What a header says of its text, in the few words that every output shows. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:function name="f:header" as="element(tei:teiHeader)?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="$document/*/tei:teiHeader"/>
  </xsl:function>

  <!-- The title; a letter that has none but its file's name is called by who wrote to whom, and when. -->
  <xsl:function name="f:title" as="xs:string">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="titles" as="element()*" select="f:header($document)/tei:fileDesc/tei:titleStmt/tei:title"/>
    <xsl:variable name="said" as="xs:string"
        select="normalize-space(($titles[@type = 'main'], $titles[not(@type = 'sub')], $titles)[1])"/>
    <xsl:variable name="sent" as="element()?" select="f:action($document, 'sent')"/>
    <xsl:variable name="letter" as="xs:string?"
        select="if ($sent) then string-join((f:by($document), f:dated($sent/tei:date[1])[.]), ', ')[.] else ()"/>
    <xsl:sequence select="($said[. and not(. = f:name($document) and $letter)], $letter, f:name($document))[1]"/>
  </xsl:function>

  <xsl:function name="f:subtitle" as="element(tei:title)?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="f:header($document)/tei:fileDesc/tei:titleStmt/tei:title[@type = 'sub'][1]"/>
  </xsl:function>

  <xsl:function name="f:authors" as="element()*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="f:header($document)/tei:fileDesc/tei:titleStmt/tei:author[normalize-space()]"/>
  </xsl:function>

  <!-- The action of a letter: sent, received and the like. -->
  <xsl:function name="f:action" as="element(tei:correspAction)?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:param name="type" as="xs:string"/>
    <xsl:sequence select="f:header($document)//tei:correspDesc[1]/tei:correspAction[@type = $type][1]"/>
  </xsl:function>

  <xsl:function name="f:correspondents" as="element()*">
    <xsl:param name="action" as="element(tei:correspAction)?"/>
    <xsl:sequence select="$action/(tei:persName | tei:orgName | tei:name | tei:rs)[normalize-space()]"/>
  </xsl:function>

  <xsl:function name="f:date" as="element()?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="header" as="element()?" select="f:header($document)"/>
    <xsl:sequence select="(f:action($document, 'sent')/tei:date, $header//tei:creation/tei:date,
        $header//tei:sourceDesc//tei:origDate, $header//tei:sourceDesc//tei:date)[f:date-in-words(.)][1]"/>
  </xsl:function>

  <xsl:function name="f:place" as="element()?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="(f:action($document, 'sent')/(tei:placeName | tei:settlement),
        f:header($document)//tei:creation//tei:placeName)[normalize-space()][1]"/>
  </xsl:function>

  <!-- The words of a date, or what its attributes say where it has none. -->
  <xsl:function name="f:date-in-words" as="xs:string?">
    <xsl:param name="date" as="element()?"/>
    <xsl:sequence select="(normalize-space($date), f:dated($date))[.][1]"/>
  </xsl:function>

  <!-- Where the text was taken from; "Not stated." is no source. -->
  <xsl:function name="f:sources" as="element()*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="source" as="element()*" select="f:header($document)/tei:fileDesc/tei:sourceDesc"/>
    <xsl:sequence select="$source//(tei:bibl | tei:p | tei:biblStruct | tei:biblFull | tei:msIdentifier | tei:ab)
        [empty(ancestor::tei:bibl | ancestor::tei:p | ancestor::tei:biblStruct | ancestor::tei:biblFull
        | ancestor::tei:physDesc | ancestor::tei:msContents | ancestor::tei:history | ancestor::tei:additional | ancestor::tei:msPart)]
        [normalize-space()][not(normalize-space() = 'Not stated.')]"/>
  </xsl:function>

  <!-- The terms of use: their words, or where they are so many, their address. -->
  <xsl:function name="f:licence" as="item()*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="terms" as="element()*"
        select="f:header($document)/tei:fileDesc/tei:publicationStmt/tei:availability"/>
    <xsl:for-each select="($terms//tei:licence, $terms[not(.//tei:licence)]/tei:p)[normalize-space() or @target]
        [not(normalize-space() = 'Not stated.')]">
      <xsl:sequence
          select="if (string-length(normalize-space()) gt 200 and f:web-address(@target)) then f:web-address(@target) else ."/>
    </xsl:for-each>
  </xsl:function>

  <!-- A line of a header as words: parts without words between them are told apart by commas, numbers of
       authorities are left out. -->
  <xsl:function name="f:said" as="xs:string">
    <xsl:param name="element" as="element()?"/>
    <xsl:variable name="parts" as="node()*" select="$element/node()[not(self::tei:idno[parent::tei:author or parent::tei:editor
        or parent::tei:persName])]"/>
    <xsl:sequence select="normalize-space(if (empty($parts/self::*) or $parts/self::text()[normalize-space()])
        then string-join($parts ! (if (self::*) then f:said(.) else string(self::text())))
        else string-join($parts/self::*[normalize-space()] ! f:said(.), if ($element/self::tei:persName) then ' ' else ', '))"/>
  </xsl:function>

  <!-- A title cut to what a running head has room for. -->
  <xsl:function name="f:short" as="xs:string">
    <xsl:param name="title" as="xs:string"/>
    <xsl:variable name="title" as="xs:string" select="normalize-space($title)"/>
    <xsl:sequence select="if (string-length($title) le 64) then $title
        else replace(substring($title, 1, 60), '[\s,;:(]+[^\s]*$', '') || ' …'"/>
  </xsl:function>

  <xsl:function name="f:summary" as="element()*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="f:header($document)//tei:profileDesc/tei:abstract/*[normalize-space()]"/>
  </xsl:function>

  <xsl:function name="f:status" as="xs:string?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="f:header($document)/tei:revisionDesc/@status/string()"/>
  </xsl:function>

  <!-- The language of the text itself. -->
  <xsl:function name="f:main-language" as="xs:string">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="text" as="element()?" select="$document/descendant::tei:text[1]"/>
    <xsl:variable name="declared" as="xs:string*"
        select="($text ! f:language(.))[. ne 'und'], f:header($document)//tei:langUsage/tei:language/@ident ! f:tag(.)"/>
    <xsl:sequence select="($declared[1], $edition?language, 'und')[1]"/>
  </xsl:function>

  <!-- The sender "to" the recipient, or the authors, or nothing. -->
  <xsl:function name="f:by" as="xs:string?">
    <xsl:param name="document" as="document-node()"/>
    <xsl:variable name="from" as="xs:string*" select="f:correspondents(f:action($document, 'sent')) ! f:said(.)"/>
    <xsl:variable name="to" as="xs:string*" select="f:correspondents(f:action($document, 'received')) ! f:said(.)"/>
    <xsl:variable name="authors" as="xs:string*" select="f:authors($document) ! f:said(.)"/>
    <xsl:choose>
      <xsl:when test="exists($from) and exists($to)">
        <xsl:sequence select="f:listed($from) || ' to ' || f:listed($to)"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="f:listed(($from, $authors[empty($from)]))[.]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Two or more names as a list in a sentence. -->
  <xsl:function name="f:listed" as="xs:string">
    <xsl:param name="names" as="xs:string*"/>
    <xsl:sequence select="string-join($names[position() lt last()], ', ') ||
        (if (count($names) gt 1) then ' and ' else '') || $names[last()]"/>
  </xsl:function>

  <!-- Whether a heading says what the title says already: letters and digits decide, not marks. -->
  <xsl:function name="f:says-title" as="xs:boolean">
    <xsl:param name="head" as="element()"/>
    <xsl:variable name="letters" as="xs:string" select="f:letters($head)"/>
    <xsl:sequence select="$letters and $letters = f:letters(root($head)/*/tei:teiHeader//tei:titleStmt/tei:title[1])"/>
  </xsl:function>

  <xsl:function name="f:letters" as="xs:string">
    <xsl:param name="words" as="item()?"/>
    <xsl:sequence select="lower-case(replace(string($words), '[^\p{L}\p{N}]', ''))"/>
  </xsl:function>
</xsl:stylesheet>
