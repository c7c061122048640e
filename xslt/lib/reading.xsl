<?xml version="1.0" encoding="UTF-8"?>
<!-- From TEI to the text that is read, in three steps. Every output renders what comes out here: TEI still, with
     @r:n on counted paragraphs, @r:title on the heading that is the title, @r:instead where something is hidden. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:include href="edition.xsl"/>
  <xsl:include href="language.xsl"/>
  <xsl:include href="header.xsl"/>
  <xsl:include href="settle.xsl"/>
  <xsl:include href="parallel.xsl"/>
  <xsl:include href="joined.xsl"/>
  <xsl:include href="shape.xsl"/>

  <!-- Notes are counted in the order in which they are read. A note that stands among blocks is no footnote. -->
  <xsl:accumulator name="note" as="xs:integer" initial-value="0">
    <xsl:accumulator-rule match="tei:note[f:foot(.)]" select="$value + 1"/>
  </xsl:accumulator>

  <xsl:function name="f:foot" as="xs:boolean">
    <xsl:param name="note" as="element(tei:note)"/>
    <xsl:sequence select="not(f:block($note)) and empty($note/ancestor::tei:note)"/>
  </xsl:function>

  <!-- The texts of a document; a corpus has several. -->
  <xsl:function name="f:texts" as="element(tei:text)*">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="$document//tei:TEI/tei:text"/>
  </xsl:function>

  <!-- All of them in one tree, so that notes are numbered through; translations beside originals where asked for. -->
  <xsl:function name="f:reading" as="element(r:texts)">
    <xsl:param name="document" as="document-node()"/>
    <xsl:param name="side-by-side" as="xs:boolean"/>
    <xsl:variable name="document" as="document-node()" select="if ($side-by-side) then f:joined($document) else $document"/>
    <xsl:variable name="settled" as="document-node()">
      <xsl:document><r:texts><xsl:apply-templates select="f:texts($document)" mode="settle"/></r:texts></xsl:document>
    </xsl:variable>
    <xsl:variable name="groups" as="element(tei:linkGrp)*"
        select="$document//tei:linkGrp[$side-by-side][@type = 'translation']"/>
    <xsl:variable name="parallel" as="document-node()">
      <xsl:document><xsl:sequence select="f:with-parallels($settled/*, $groups)"/></xsl:document>
    </xsl:variable>
    <xsl:variable name="shaped" as="document-node()">
      <xsl:document><xsl:apply-templates select="$parallel/*" mode="shape"/></xsl:document>
    </xsl:variable>
    <xsl:sequence select="$shaped/*"/>
  </xsl:function>

  <!-- How deep a heading stands. Levels follow one another without a gap: only divisions that have a heading count,
       and neither the title at the head of the page nor a subtitle, caption or title of a list is one. -->
  <xsl:function name="f:depth" as="xs:integer">
    <xsl:param name="head" as="element(tei:head)"/>
    <xsl:sequence select="count($head/ancestor::*[tei:head[f:heading(.)]])"/>
  </xsl:function>

  <xsl:function name="f:heading" as="xs:boolean">
    <xsl:param name="head" as="element(tei:head)"/>
    <xsl:sequence select="not($head/(@r:title or @type = 'sub' or preceding-sibling::*[1][self::tei:head]
        or parent::tei:list or parent::tei:table or parent::tei:lg or parent::tei:castList or ancestor::tei:figure))"/>
  </xsl:function>

  <!-- Whether the labels of a list are so short, numbers mostly, that they stand before their items; others stand above. -->
  <xsl:function name="f:numbered" as="xs:boolean">
    <xsl:param name="list" as="element(tei:list)"/>
    <xsl:sequence select="exists($list/tei:label) and (every $label in $list/tei:label satisfies
        string-length(normalize-space($label)) le 8 and not($label/*/f:block(.) = true()))"/>
  </xsl:function>

  <!-- The space behind such a number; a mark that fills a square has it already. -->
  <xsl:function name="f:space-behind" as="xs:string">
    <xsl:param name="list" as="element(tei:list)"/>
    <xsl:sequence select="if (every $label in $list/tei:label satisfies
        matches($label, '[&#x3000;-&#x303F;&#xFF00;-&#xFFEF;]\s*$')) then '' else ' '"/>
  </xsl:function>

  <!-- The columns of a table that have figures only, below what may be their label; a wider one is no table for print. -->
  <xsl:function name="f:figure-columns" as="xs:integer*">
    <xsl:param name="table" as="element(tei:table)"/>
    <xsl:variable name="rows" as="element()*" select="$table/tei:row[not(f:drawn(.))]"/>
    <xsl:if test="count($rows) gt 2 and max($rows ! count(tei:cell)) le 40 and empty($rows/tei:cell/(@cols, @rows)[not(. = '1')])">
      <xsl:for-each select="1 to max($rows ! count(tei:cell))">
        <xsl:variable name="cells" as="element()*" select="$rows[position() gt 1]/tei:cell[current()][normalize-space()]"/>
        <xsl:sequence select=".[exists($cells[f:figure(.)])][every $cell in $cells satisfies f:figure($cell) or matches($cell, '^\W+$')]"/>
      </xsl:for-each>
    </xsl:if>
  </xsl:function>

  <!-- A number as tables have them: with signs, of money too, and no more letters than the shortest of units. -->
  <xsl:function name="f:figure" as="xs:boolean">
    <xsl:param name="cell" as="element()"/>
    <xsl:variable name="said" as="xs:string" select="normalize-space($cell)"/>
    <xsl:sequence select="string-length($said) le 30 and matches($said, '^[\P{L}]*\p{N}([\P{L}]|\p{N}\p{L}{1,2}\.?(\s|$))*$')"/>
  </xsl:function>

  <!-- Whether a row holds the labels of its table: it says so, or is the first, and words stand over its figures. -->
  <xsl:function name="f:label-row" as="xs:boolean">
    <xsl:param name="row" as="element(tei:row)"/>
    <xsl:variable name="columns" as="xs:integer*"
        select="if ($row is $row/../tei:row[not(f:drawn(.))][1]) then f:figure-columns($row/..) else ()"/>
    <xsl:sequence select="$row/@role = 'label' or (exists($columns) and
        (every $column in $columns satisfies matches($row/tei:cell[$column], '\p{L}') and not(f:figure($row/tei:cell[$column]))))"/>
  </xsl:function>

  <!-- A stretch of a header, read as a text is. -->
  <xsl:function name="f:settled" as="node()*">
    <xsl:param name="nodes" as="node()*"/>
    <xsl:apply-templates select="$nodes" mode="settle"/>
  </xsl:function>
</xsl:stylesheet>
