<?xml version="1.0" encoding="UTF-8"?>
<!-- The wording in reading order: a file of plain text for each TEI file, one paragraph a line, empty lines between.
     Quotations are set in by four spaces, notes are numbered and stand at the end. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:include href="lib/reading.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <!-- Whether translations stand below their originals, sentence by sentence; interleaved.xsl has them so. -->
  <xsl:variable name="side-by-side" as="xs:boolean" select="false()"/>

  <!-- Blocks give paragraphs, a string each. -->
  <xsl:mode name="text" on-no-match="fail" use-accumulators="note"/>
  <!-- Words give words. -->
  <xsl:mode name="words" on-no-match="fail" use-accumulators="note"/>

  <xsl:template name="pages" as="xs:string*">
    <xsl:sequence select="$texts?* ! (f:name(.) || '.txt')"/>
  </xsl:template>

  <xsl:template name="page" as="document-node()">
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="text" as="document-node()" select="$text-called(replace($page, '\.txt$', ''))"/>
    <xsl:variable name="reading" as="element()" select="f:reading($text, $side-by-side)"/>
    <xsl:variable name="paragraphs" as="xs:string*">
      <xsl:sequence select="f:title-block($text)"/>
      <xsl:apply-templates select="$reading/*" mode="text"/>
      <xsl:sequence select="f:endnotes($reading)"/>
    </xsl:variable>
    <xsl:document><xsl:value-of select="string-join($paragraphs, '&#10;&#10;') || '&#10;'"/></xsl:document>
  </xsl:template>

  <!-- The title, who wrote it when, and where it was taken from. -->
  <xsl:function name="f:title-block" as="xs:string+">
    <xsl:param name="text" as="document-node()"/>
    <xsl:variable name="title" as="xs:string" select="f:title($text)"/>
    <xsl:variable name="by" as="xs:string?" select="f:by($text)"/>
    <xsl:variable name="told" as="xs:boolean" select="exists($by) and starts-with($title, $by)"/>
    <xsl:variable name="facts" as="xs:string*"
        select="(($by, f:date-in-words(f:date($text)))[not($told)], f:place($text) ! normalize-space())[.]"/>
    <xsl:variable name="source" as="xs:string*" select="f:sources($text) ! ('Source: ' || f:said(.))"/>
    <xsl:sequence select="string-join(($title, string-join($facts, ', ')[.], $source), '&#10;'), '* * *'"/>
  </xsl:function>

  <xsl:function name="f:endnotes" as="xs:string*">
    <xsl:param name="reading" as="element()"/>
    <xsl:variable name="notes" as="element()*" select="$reading//tei:note[f:foot(.)]"/>
    <xsl:if test="exists($notes)">
      <xsl:sequence select="'* * *'"/>
      <xsl:for-each select="$notes">
        <xsl:variable name="blocks" as="xs:string*"><xsl:call-template name="in-blocks"/></xsl:variable>
        <xsl:sequence select="'[' || accumulator-before('note') || '] ' || string-join($blocks, ' ')"/>
      </xsl:for-each>
    </xsl:if>
  </xsl:function>

  <!-- Blocks -->

  <xsl:template match="text()" mode="text"/>

  <xsl:template match="*" mode="text" as="xs:string*">
    <xsl:call-template name="in-blocks"/>
  </xsl:template>

  <!-- What an element holds, blocks or words, as paragraphs. -->
  <xsl:template name="in-blocks" as="xs:string*">
    <xsl:choose>
      <xsl:when test="*/f:block(.) = true()"><xsl:apply-templates mode="text"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="f:words(.)[.]"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The heading that is the title stands at the head of the file. -->
  <xsl:template match="tei:*[@r:title] | tei:*[f:emptied(.)]" mode="text" priority="3"/>

  <xsl:template match="tei:quote | tei:q | tei:said | tei:epigraph" mode="text" as="xs:string*">
    <xsl:variable name="paragraphs" as="xs:string*"><xsl:call-template name="in-blocks"/></xsl:variable>
    <xsl:sequence select="$paragraphs ! f:indented(.)"/>
  </xsl:template>

  <!-- Whose words a quotation is stands below it, further in, after a dash, which the source may have already. -->
  <xsl:template match="tei:cit/tei:bibl" mode="text" as="xs:string*">
    <xsl:variable name="words" as="xs:string" select="f:words(.)"/>
    <xsl:sequence select="f:indented(f:indented((if (matches($words, '^[-‐-―]')) then '' else '– ') || $words))"/>
  </xsl:template>

  <!-- Who speaks verse stands right above it. -->
  <xsl:template match="tei:sp[*[1]/@r:made][*[2][self::tei:l or self::tei:lg]]" mode="text" as="xs:string*">
    <xsl:variable name="paragraphs" as="xs:string*"><xsl:apply-templates mode="text"/></xsl:variable>
    <xsl:sequence select="string-join($paragraphs[position() le 2], '&#10;'), $paragraphs[position() gt 2]"/>
  </xsl:template>

  <!-- What has a translation, with that below it, set in. -->
  <xsl:template match="r:row" mode="text" as="xs:string">
    <xsl:variable name="sides" as="xs:string*" select="r:cell[1] ! f:words(.), r:cell[2] ! f:words(.)[.] ! f:indented(.)"/>
    <xsl:sequence select="string-join($sides[.], '&#10;')"/>
  </xsl:template>

  <xsl:template match="r:parallel" mode="text" as="xs:string*">
    <xsl:apply-templates select="r:row" mode="text"/>
  </xsl:template>

  <xsl:template match="tei:figure" mode="text" as="xs:string?">
    <xsl:variable name="caption" as="xs:string*"><xsl:call-template name="in-blocks"/></xsl:variable>
    <xsl:sequence select="string-join($caption, ' ')[.] ! ('[Figure: ' || . || ']')"/>
  </xsl:template>

  <xsl:template match="tei:lg/tei:l" mode="text" as="xs:string">
    <xsl:variable name="indent" as="xs:integer?" select="tokenize(@rend)[matches(., '^indent[1-9]$')] ! xs:integer(substring(., 7))"/>
    <xsl:sequence select="string-join((1 to ($indent, 0)[1]) ! '  ') || f:words(.)"/>
  </xsl:template>

  <xsl:template match="tei:lg | tei:address | tei:castList | tei:titlePage" mode="text" as="xs:string*">
    <xsl:variable name="lines" as="xs:string*"><xsl:call-template name="in-blocks"/></xsl:variable>
    <xsl:sequence select="string-join($lines, '&#10;')[.]"/>
  </xsl:template>

  <!-- Verse without stanzas is a line each, not a paragraph each. -->
  <xsl:template match="tei:l[not(parent::tei:lg)]" mode="text" as="xs:string*">
    <xsl:if test="not(preceding-sibling::*[1][self::tei:l])">
      <xsl:variable name="after" as="element()*" select="following-sibling::*[not(self::tei:l)][1]"/>
      <xsl:sequence
          select="string-join((., following-sibling::tei:l[not($after) or . &lt;&lt; $after]) ! f:words(.), '&#10;')"/>
    </xsl:if>
  </xsl:template>

  <xsl:template match="tei:list" mode="text" as="xs:string*">
    <xsl:apply-templates select="tei:head" mode="text"/>
    <xsl:variable name="lines" as="xs:string*">
      <xsl:apply-templates select="* except tei:head" mode="text"/>
    </xsl:variable>
    <xsl:sequence select="string-join($lines, '&#10;')[.]"/>
  </xsl:template>

  <xsl:template match="tei:list[f:numbered(.)]" mode="text" priority="1" as="xs:string*">
    <xsl:apply-templates select="tei:head" mode="text"/>
    <xsl:variable name="space" as="xs:string" select="f:space-behind(.)"/>
    <xsl:variable name="lines" as="xs:string*">
      <xsl:for-each-group select="* except tei:head" group-starting-with="tei:label">
        <xsl:variable name="said" as="xs:string*">
          <xsl:apply-templates select="current-group()[not(self::tei:label)]" mode="text"/>
        </xsl:variable>
        <xsl:sequence select="string-join((current-group()/self::tei:label ! f:words(.), string-join($said, '&#10;')[.]), $space)"/>
      </xsl:for-each-group>
    </xsl:variable>
    <xsl:sequence select="string-join($lines, '&#10;')[.]"/>
  </xsl:template>

  <xsl:template match="tei:row" mode="text" as="xs:string">
    <xsl:sequence select="string-join(tei:cell ! f:words(.), '&#9;')"/>
  </xsl:template>

  <xsl:template match="tei:table" mode="text" as="xs:string*">
    <xsl:apply-templates select="* except tei:row" mode="text"/>
    <xsl:variable name="rows" as="xs:string*"><xsl:apply-templates select="tei:row" mode="text"/></xsl:variable>
    <xsl:sequence select="string-join($rows, '&#10;')"/>
  </xsl:template>

  <xsl:template match="tei:milestone" mode="text" as="xs:string">* * *</xsl:template>

  <!-- Words -->

  <xsl:function name="f:words" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="words" as="xs:string*">
      <xsl:apply-templates select="$element/node()" mode="words"/>
    </xsl:variable>
    <xsl:sequence
        select="replace(replace(string-join($words), ' *&#10; *', '&#10;'), '^[ &#10;]+|[ &#10;]+$', '') => replace(' +', ' ')"/>
  </xsl:function>

  <xsl:function name="f:indented" as="xs:string">
    <xsl:param name="paragraph" as="xs:string"/>
    <xsl:sequence select="string-join(tokenize($paragraph, '&#10;') ! ('    ' || .), '&#10;')"/>
  </xsl:function>

  <xsl:template match="text()" mode="words" as="xs:string"><xsl:sequence select="string()"/></xsl:template>

  <xsl:template match="*" mode="words" as="xs:string*"><xsl:apply-templates mode="words"/></xsl:template>

  <xsl:template match="tei:lb" mode="words" as="xs:string">
    <xsl:sequence select="(@break[. = 'no'] ! '-') || '&#10;'"/>
  </xsl:template>

  <xsl:template match="tei:date[not(normalize-space())]" mode="words" as="xs:string">
    <xsl:sequence select="f:dated(.)"/>
  </xsl:template>

  <xsl:template match="tei:note" mode="words" as="xs:string">
    <xsl:sequence
        select="if (f:foot(.)) then '[' || accumulator-before('note') || ']' else ' (' || normalize-space() || ')'"/>
  </xsl:template>

  <xsl:template match="r:recte" mode="words" as="xs:string">
    <xsl:sequence select="' [recte ' || f:words(.) || ']'"/>
  </xsl:template>

  <xsl:template match="tei:del" mode="words" as="xs:string">
    <xsl:sequence select="'⟦' || f:words(.) || '⟧'"/>
  </xsl:template>

  <xsl:template match="tei:pb" mode="words"/>
</xsl:stylesheet>
