<?xml version="1.0" encoding="UTF-8"?>
<!-- A text as the small document that print.typ sets: its elements are named as in TEI, and stand in no namespace.

     book     @lang @title @running @author @date; holds meta, then blocks
     meta     @label: a line under the title; label "subtitle" is one
     blocks   head @level @running, subhead, p @continued, quote, attribution, speech, stage, caption, verse (line), list (item),
              opener, apart, ornament, line-across,
              numbered @space (side, side),
              table @figures (row, cell), aside, right, left, rule, group; titlepage, maintitle, centred, number; pairs (pair @head (side, side))
     words    text, em, strong, sc, sup, sub, u, s, wide, tt, speaker, recte, unsure, foot, link @href, br, span;
              any may have @lang -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:include href="lib/reading.xsl"/>

  <xsl:output method="xml" encoding="UTF-8" indent="no" omit-xml-declaration="yes"/>

  <xsl:mode name="print" on-no-match="fail"/>

  <xsl:template name="pages" as="xs:string*">
    <xsl:sequence select="$texts?* ! (f:name(.) || '.xml')"/>
  </xsl:template>

  <xsl:template name="page" as="document-node()">
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="text" as="document-node()" select="$text-called(replace($page, '\.xml$', ''))"/>
    <xsl:variable name="reading" as="element()" select="f:reading($text, true())"/>
    <xsl:variable name="head" as="element()?" select="$reading/descendant::*[@r:title][1]"/>
    <xsl:document>
      <book lang="{f:main-language($text)}" title="{f:title($text)}" running="{f:short(f:title($text))}" date="{f:last-date($text)}"
          author="{string-join(f:authors($text) ! f:said(.), '; ')}">
        <title>
          <xsl:apply-templates select="$head/node()" mode="print"/>
          <xsl:value-of select="f:title($text)[empty($head)]"/>
        </title>
        <xsl:sequence select="f:facts($text)"/>
        <xsl:apply-templates select="$reading/*" mode="print"/>
      </book>
    </xsl:document>
  </xsl:template>

  <!-- The day of the last change is the day of the document: a clock would make each PDF another. -->
  <xsl:function name="f:last-date" as="xs:string?">
    <xsl:param name="text" as="document-node()"/>
    <xsl:variable name="header" as="element()?" select="f:header($text)"/>
    <xsl:variable name="dates" as="xs:date*" select="($header/tei:revisionDesc//tei:change/@when,
        $header/tei:fileDesc/tei:publicationStmt//tei:date/@when) ! substring(., 1, 10)[. castable as xs:date] ! xs:date(.)"/>
    <xsl:sequence select="max($dates) ! string()"/>
  </xsl:function>

  <xsl:function name="f:facts" as="element(meta)*">
    <xsl:param name="text" as="document-node()"/>
    <xsl:variable name="sent" as="element()?" select="f:action($text, 'sent')"/>
    <xsl:sequence select="f:fact('subtitle', f:subtitle($text)),
        f:fact('From', f:correspondents($sent)),
        f:fact('By', f:authors($text)[empty(f:correspondents($sent))]),
        f:fact('To', f:correspondents(f:action($text, 'received'))),
        f:fact('Date', f:date-in-words(f:date($text))),
        f:fact('Place', f:place($text)),
        f:fact('Source', f:sources($text)),
        f:fact('Licence', f:licence($text))"/>
  </xsl:function>

  <xsl:function name="f:fact" as="element(meta)*">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:for-each select="$values">
      <meta label="{if (position() = 1) then $label else ''}">
        <xsl:choose>
          <xsl:when test=". instance of element() and (empty(*) or text()[normalize-space()])">
            <xsl:apply-templates select="f:settled(node())" mode="words"/>
          </xsl:when>
          <xsl:when test=". instance of element()"><xsl:value-of select="f:said(.)"/></xsl:when>
          <xsl:otherwise><xsl:value-of select="."/></xsl:otherwise>
        </xsl:choose>
      </meta>
    </xsl:for-each>
  </xsl:function>

  <!-- Headers nest blocks where a line of metadata has room for words only; what has no words between its parts is
       told in f:said. -->
  <xsl:mode name="words" on-no-match="shallow-skip"/>
  <xsl:template match="text()" mode="words" as="text()"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="tei:idno[parent::tei:author or parent::tei:editor]" mode="words"/>
  <xsl:template match="tei:title | tei:hi | tei:foreign" mode="words" as="node()*">
    <xsl:apply-templates select="." mode="print"/>
  </xsl:template>

  <xsl:template match="text()" mode="print" as="text()"><xsl:value-of select="."/></xsl:template>

  <!-- An element without a rule of its own shows its words. -->
  <xsl:template match="*" mode="print" as="node()*">
    <xsl:choose>
      <xsl:when test="f:block(.)"><xsl:sequence select="f:block-as('group', .)"/></xsl:when>
      <xsl:when test="@xml:lang"><xsl:sequence select="f:words-as('span', .)"/></xsl:when>
      <xsl:otherwise><xsl:apply-templates mode="print"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- An element of words. -->
  <xsl:function name="f:words-as" as="element()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:element name="{$name}" namespace="">
      <xsl:if test="$element/@xml:lang"><xsl:attribute name="lang" select="$element/@xml:lang"/></xsl:if>
      <xsl:apply-templates select="$element/node()" mode="print"/>
    </xsl:element>
  </xsl:function>

  <!-- An element of blocks; where it holds words only, they are one paragraph. -->
  <xsl:function name="f:block-as" as="element()">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="element" as="element()"/>
    <xsl:element name="{$name}" namespace="">
      <xsl:if test="$element/@xml:lang"><xsl:attribute name="lang" select="$element/@xml:lang"/></xsl:if>
      <xsl:choose>
        <xsl:when test="$element/*/f:block(.) = true()">
          <xsl:apply-templates select="$element/*" mode="print"/>
        </xsl:when>
        <xsl:otherwise>
          <p continued="yes"><xsl:apply-templates select="$element/node()" mode="print"/></p>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:element>
  </xsl:function>

  <!-- Blocks -->

  <xsl:template match="tei:*[@r:title] | tei:*[f:emptied(.)]" mode="print" priority="3"/>

  <xsl:template match="tei:head" mode="print" as="element()">
    <head level="{min((6, f:depth(.)))}" running="{f:short(.)}"><xsl:sequence select="f:words-as('span', .)"/></head>
  </xsl:template>

  <xsl:template match="tei:head[@type = 'sub'] | tei:head[preceding-sibling::*[1][self::tei:head]]" mode="print"
      as="element()">
    <xsl:sequence select="f:words-as('subhead', .)"/>
  </xsl:template>

  <xsl:template match="tei:list/tei:head | tei:table/tei:head | tei:lg/tei:head | tei:castList/tei:head"
      mode="print" priority="1" as="element()">
    <xsl:sequence select="f:words-as('subhead', .)"/>
  </xsl:template>

  <xsl:template match="tei:figure//tei:head" mode="print" priority="1" as="element()">
    <xsl:sequence select="f:words-as('p', .)"/>
  </xsl:template>

  <xsl:template match="tei:p | tei:ab | tei:bibl[f:block(.)] | tei:castItem | tei:titlePart | tei:speaker[f:block(.)]
      | tei:salute[f:block(.)] | tei:addrLine" mode="print" as="element()">
    <xsl:choose>
      <xsl:when test="*/f:block(.) = true()"><xsl:sequence select="f:block-as('group', .)"/></xsl:when>
      <xsl:otherwise>
        <p>
          <xsl:if test="@r:continued or @r:made or not(self::tei:p or self::tei:ab)">
            <xsl:attribute name="continued" select="'yes'"/>
          </xsl:if>
          <xsl:if test="@xml:lang"><xsl:attribute name="lang" select="@xml:lang"/></xsl:if>
          <xsl:choose>
            <xsl:when test="self::tei:speaker"><xsl:sequence select="f:words-as('speaker', .)"/></xsl:when>
            <xsl:otherwise><xsl:apply-templates mode="print"/></xsl:otherwise>
          </xsl:choose>
        </p>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="tei:p[f:ornament(.)] | tei:ab[f:ornament(.)]" mode="print" priority="1" as="element()">
    <xsl:choose>
      <xsl:when test="f:ruled(.)"><line-across/></xsl:when>
      <xsl:otherwise><xsl:sequence select="f:words-as('ornament', .)"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What stands apart from what is before it: the end of a letter, an entry of a diary. -->
  <xsl:template match="tei:closer | tei:postscript | tei:div[not(tei:head)][preceding-sibling::*[1][self::tei:div]]" mode="print"
      as="element()">
    <xsl:sequence select="f:block-as('apart', .)"/>
  </xsl:template>
  <xsl:template match="tei:opener" mode="print" as="element()"><xsl:sequence select="f:block-as('opener', .)"/></xsl:template>

  <xsl:template match="tei:quote[f:block(.)] | tei:q[f:block(.)] | tei:said[f:block(.)] | tei:epigraph" mode="print"
      as="element()">
    <xsl:sequence select="f:block-as('quote', .)"/>
  </xsl:template>

  <xsl:template match="tei:cit[f:block(.)]/tei:bibl" mode="print" priority="1" as="element()">
    <xsl:sequence select="f:words-as('attribution', .)"/>
  </xsl:template>

  <xsl:template match="tei:sp" mode="print" as="element()">
    <xsl:sequence select="f:block-as('speech', .)"/>
  </xsl:template>

  <xsl:template match="tei:stage[f:block(.)]" mode="print" as="element()">
    <xsl:sequence select="f:block-as('stage', .)"/>
  </xsl:template>

  <xsl:template
      match="tei:dateline[f:block(.)] | tei:signed[f:block(.)] | tei:byline | tei:trailer | tei:docAuthor[f:block(.)]" mode="print" as="element()">
    <xsl:sequence select="f:block-as('right', .)"/>
  </xsl:template>

  <xsl:template match="tei:figure" mode="print" as="element()?">
    <xsl:if test="normalize-space()"><xsl:sequence select="f:block-as('caption', .)"/></xsl:if>
  </xsl:template>

  <xsl:template match="tei:lg" mode="print" as="element()">
    <xsl:sequence select="f:block-as('verse', .)"/>
  </xsl:template>
  <xsl:template match="tei:l" mode="print" as="element()">
    <line>
      <xsl:if test="@part = ('M', 'F')"><xsl:attribute name="later" select="'yes'"/></xsl:if>
      <xsl:for-each select="tokenize(@rend)[matches(., '^indent[1-9]$')]">
        <xsl:attribute name="indent" select="substring(., 7)"/>
      </xsl:for-each>
      <xsl:apply-templates mode="print"/>
    </line>
  </xsl:template>

  <xsl:template match="tei:lg/tei:label" mode="print" as="element()">
    <xsl:sequence select="f:words-as('number', .)"/>
  </xsl:template>

  <!-- What stands before the text -->

  <xsl:template match="tei:titlePage | tei:div[@type = 'dedication']" mode="print" as="element()">
    <xsl:sequence select="f:block-as(if (self::tei:titlePage) then 'titlepage' else 'centred', .)"/>
  </xsl:template>
  <xsl:template match="tei:docTitle/tei:titlePart[1]" mode="print" priority="1" as="element()">
    <xsl:sequence select="f:words-as('maintitle', .)"/>
  </xsl:template>
  <xsl:template match="tei:titlePage/tei:byline | tei:titlePage/tei:docAuthor" mode="print" priority="1" as="element()">
    <xsl:sequence select="f:block-as('group', .)"/>
  </xsl:template>

  <xsl:template match="tei:list" mode="print" as="element()">
    <xsl:sequence select="f:block-as('list', .)"/>
  </xsl:template>
  <xsl:template match="tei:list[f:numbered(.)]" mode="print" priority="1" as="element()+">
    <xsl:apply-templates select="tei:head" mode="print"/>
    <numbered space="{f:space-behind(.)}">
      <xsl:for-each-group select="* except tei:head" group-starting-with="tei:label">
        <side><xsl:sequence select="current-group()/self::tei:label ! f:words-as('span', .)"/></side>
        <side><xsl:sequence select="current-group()[not(self::tei:label)] ! f:block-as('group', .)"/></side>
      </xsl:for-each-group>
    </numbered>
  </xsl:template>
  <xsl:template match="tei:item" mode="print" as="element()">
    <xsl:sequence select="f:block-as('item', .)"/>
  </xsl:template>
  <xsl:template match="tei:list/tei:label" mode="print" as="element()">
    <xsl:sequence select="f:block-as('label', .)"/>
  </xsl:template>

  <xsl:template match="tei:table" mode="print" as="element()+">
    <xsl:variable name="below" as="element()*" select="tei:row[last()]/following-sibling::*"/>
    <xsl:apply-templates select="* except (tei:row, $below)" mode="print"/>
    <table figures="{f:figure-columns(.)}"><xsl:apply-templates select="tei:row[not(f:drawn(.))]" mode="print"/></table>
    <xsl:apply-templates select="$below" mode="print"/>
  </xsl:template>
  <xsl:template match="tei:row" mode="print" as="element()">
    <xsl:variable name="labels" as="xs:boolean" select="f:label-row(.)"/>
    <row><xsl:sequence select="tei:cell ! f:words-as(if (@role = 'label' or $labels) then 'label' else 'cell', .)"/></row>
  </xsl:template>

  <xsl:template match="tei:milestone[f:block(.)]" mode="print" as="element()"><rule/></xsl:template>

  <xsl:template match="tei:note[f:block(.)]" mode="print" as="element()">
    <xsl:sequence select="f:block-as('aside', .)"/>
  </xsl:template>

  <xsl:template match="r:parallel" mode="print" as="element()">
    <pairs>
      <!-- Who speaks is not parted from what is said, not even by the end of the page. -->
      <xsl:for-each-group select="r:row" group-ending-with="r:row[r:cell/node()[normalize-space()][not(self::tei:speaker)]]">
        <pair>
          <xsl:if test="current-group()/@r:head"><xsl:attribute name="head" select="'yes'"/></xsl:if>
          <xsl:for-each select="'original', 'translation'">
            <side lang="{current-group()[1]/r:cell[@name = current()]/@xml:lang}">
              <xsl:sequence select="current-group()/r:cell[@name = current()] ! f:block-as('group', .)"/>
            </side>
          </xsl:for-each>
        </pair>
      </xsl:for-each-group>
    </pairs>
  </xsl:template>

  <!-- Words -->

  <xsl:template match="tei:speaker" mode="print" as="element()">
    <xsl:sequence select="f:words-as('speaker', .)"/>
  </xsl:template>

  <xsl:template match="tei:stage[not(f:block(.))]" mode="print" as="element()">
    <xsl:sequence select="f:words-as('em', .)"/>
  </xsl:template>

  <xsl:template
      match="tei:hi[not(f:block(.))] | tei:emph[not(f:block(.))] | tei:title | tei:foreign | tei:term | tei:mentioned" mode="print" as="element()">
    <xsl:sequence select="f:words-as(f:style(.), .)"/>
  </xsl:template>

  <xsl:function name="f:style" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="rend" as="xs:string" select="lower-case(string-join($element/(@rend, @style), ' '))"/>
    <xsl:choose>
      <xsl:when test="$element/(self::tei:emph | self::tei:mentioned | self::tei:term | self::tei:foreign | self::tei:title[not(@level = ('a', 'u'))])">
        <xsl:sequence select="'em'"/>
      </xsl:when>
      <xsl:when test="contains($rend, 'bold')"><xsl:sequence select="'strong'"/></xsl:when>
      <xsl:when test="contains($rend, 'ital')"><xsl:sequence select="'em'"/></xsl:when>
      <xsl:when test="matches($rend, 'super|^sup$')"><xsl:sequence select="'sup'"/></xsl:when>
      <xsl:when test="matches($rend, 'subscript|^sub$')"><xsl:sequence select="'sub'"/></xsl:when>
      <xsl:when test="contains($rend, 'underl') and not(f:has-line($element))"><xsl:sequence select="'u'"/></xsl:when>
      <xsl:when test="matches($rend, 'small-?caps|^sc$')"><xsl:sequence select="'sc'"/></xsl:when>
      <xsl:when test="matches($rend, 'spaced|gesperrt|^g$')"><xsl:sequence select="'wide'"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="'span'"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:template match="tei:note" mode="print" as="element()">
    <xsl:sequence select="if (*/f:block(.) = true()) then f:block-as('foot', .) else f:words-as('foot', .)"/>
  </xsl:template>
  <!-- A note on a note stands in brackets, for footnotes have no feet. -->
  <xsl:template match="tei:note[ancestor::tei:note][not(f:block(.))]" mode="print" priority="1" as="element()">
    <span> ({normalize-space()})</span>
  </xsl:template>

  <xsl:template match="tei:ref | tei:ptr" mode="print" as="node()*">
    <xsl:variable name="address" as="xs:string?" select="f:web-address(@target)"/>
    <xsl:choose>
      <xsl:when test="$address and not(ancestor::tei:ref)">
        <link href="{$address}"><xsl:apply-templates mode="print"/>{$address[not(normalize-space(current()))]}</link>
      </xsl:when>
      <xsl:otherwise><xsl:apply-templates mode="print"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="tei:date[not(normalize-space())]" mode="print" as="text()">
    <xsl:value-of select="f:dated(.)"/>
  </xsl:template>

  <xsl:template match="r:recte" mode="print" as="node()*">
    <xsl:text> [</xsl:text><em>recte</em><xsl:text> </xsl:text><xsl:apply-templates mode="print"/><xsl:text>]</xsl:text>
  </xsl:template>

  <xsl:template match="tei:del" mode="print" as="element()">
    <xsl:sequence select="f:words-as(if (f:has-line(.)) then 'span' else 's', .)"/>
  </xsl:template>

  <!-- A PDF that can be read aloud has one line at most under or through a word. -->
  <xsl:function name="f:has-line" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence
        select="exists($element/ancestor::*[self::tei:del or contains(lower-case(string-join((@rend, @style))), 'underl')])"/>
  </xsl:function>
  <xsl:template match="tei:formula | tei:code | tei:gi | tei:att | tei:val | tei:ident" mode="print" as="element()">
    <xsl:sequence select="f:words-as('tt', .)"/>
  </xsl:template>
  <xsl:template match="tei:lb" mode="print" as="node()+">
    <xsl:if test="@break = 'no'">-</xsl:if>
    <br/>
  </xsl:template>
  <xsl:template match="tei:pb" mode="print"/>
</xsl:stylesheet>
