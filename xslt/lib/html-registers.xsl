<?xml version="1.0" encoding="UTF-8"?>
<!-- The registers as HTML: each entry with its names, what is known of it, and every mention. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:template name="register" as="document-node()">
    <xsl:param name="kind" as="map(*)"/>
    <xsl:call-template name="frame">
      <xsl:with-param name="page" select="$kind?page"/>
      <xsl:with-param name="title" select="$kind?title"/>
      <xsl:with-param name="main" as="element()+">
        <h1>{$kind?title}</h1>
        <xsl:for-each select="f:entries($kind?kind)">
          <xsl:sort select="f:sort-key(.)" lang="en"/>
          <xsl:sequence select="f:entry(., 2, $texts?*)"/>
        </xsl:for-each>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- Entries that a text brings with it are listed below it. -->
  <xsl:template name="own-register" as="element(section)?">
    <xsl:param name="text" as="document-node()"/>
    <xsl:variable name="entries" as="element()*"
        select="$text//(tei:standOff | tei:back)//(tei:person | tei:place | tei:org)"/>
    <xsl:if test="exists($entries)">
      <section class="own-register" lang="en">
        <h2>Names in this text</h2>
        <xsl:sequence select="$entries ! f:entry(., 3, ())"/>
      </section>
    </xsl:if>
  </xsl:template>

  <xsl:function name="f:entry" as="element(section)">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="level" as="xs:integer"/>
    <xsl:param name="mentioned-in" as="document-node()*"/>
    <section class="entry">
      <xsl:if test="$entry/@xml:id"><xsl:attribute name="id" select="$entry/@xml:id"/></xsl:if>
      <xsl:element name="h{$level}" namespace="">{f:called($entry)}</xsl:element>
      <xsl:sequence
          select="f:other-names($entry), f:known($entry), f:identifiers($entry), f:mention-list($entry, $mentioned-in)"/>
    </section>
  </xsl:function>

  <xsl:function name="f:other-names" as="element(p)?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="called" as="xs:string" select="f:called($entry)"/>
    <xsl:variable name="others" as="element()*" select="f:names($entry)[not(f:full-name(.) = $called)]"/>
    <xsl:if test="exists($others)">
      <p class="names">
        <xsl:for-each-group select="$others" group-by="f:full-name(.)">
          <xsl:if test="position() gt 1"><xsl:text> · </xsl:text></xsl:if>
          <span>
            <xsl:for-each select="@xml:lang ! f:tag(.)"><xsl:attribute name="lang" select="."/></xsl:for-each>
            <xsl:if test="@type"><xsl:attribute name="title" select="@type"/></xsl:if>
            <xsl:value-of select="current-grouping-key()"/>
          </span>
        </xsl:for-each-group>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- Dates, offices, a location, and what an editor has noted. -->
  <xsl:function name="f:known" as="element(p)*">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="life" as="xs:string*" select="
        $entry/tei:birth/f:date-in-words(.) ! ('born ' || .), $entry/tei:death/f:date-in-words(.) ! ('died ' || .),
        $entry/tei:floruit/f:date-in-words(.) ! ('active ' || .), $entry/(tei:occupation | tei:desc)/normalize-space(),
        $entry/tei:location/tei:geo/normalize-space()"/>
    <xsl:if test="exists($life[.])"><p>{string-join($life[.], '; ')}</p></xsl:if>
    <xsl:for-each select="$entry/tei:note[normalize-space()]">
      <p>
        <xsl:for-each select="@xml:lang ! f:tag(.)"><xsl:attribute name="lang" select="."/></xsl:for-each>
        <xsl:apply-templates select="f:settled(node())" mode="words"/>
      </p>
    </xsl:for-each>
  </xsl:function>

  <xsl:function name="f:identifiers" as="element(p)?">
    <xsl:param name="entry" as="element()"/>
    <xsl:variable name="ids" as="element()*" select="$entry/tei:idno[normalize-space()]"/>
    <xsl:if test="exists($ids)">
      <p class="identifiers">
        <xsl:for-each select="$ids">
          <xsl:if test="position() gt 1"><xsl:text> · </xsl:text></xsl:if>
          <xsl:variable name="address" as="xs:string?" select="(f:web-address(.), f:authority(.))[1]"/>
          <xsl:choose>
            <xsl:when test="$address">
              <a href="{$address}">{string-join((@type, normalize-space()[not(f:web-address(.))]), ' ')[.]}{.[not(@type)][f:web-address(.)]}</a>
            </xsl:when>
            <xsl:otherwise>{string-join((@type, normalize-space()), ' ')}</xsl:otherwise>
          </xsl:choose>
        </xsl:for-each>
      </p>
    </xsl:if>
  </xsl:function>

  <!-- Identifiers of the authorities that editions use most, as addresses. -->
  <xsl:function name="f:authority" as="xs:string?">
    <xsl:param name="id" as="element(tei:idno)"/>
    <xsl:variable name="bases" as="map(xs:string, xs:string)" select="map{
        'wikidata': 'https://www.wikidata.org/wiki/', 'viaf': 'https://viaf.org/viaf/', 'gnd': 'https://d-nb.info/gnd/',
        'geonames': 'https://www.geonames.org/', 'lcnaf': 'https://id.loc.gov/authorities/names/',
        'orcid': 'https://orcid.org/', 'tgn': 'https://vocab.getty.edu/tgn/', 'pleiades': 'https://pleiades.stoa.org/places/'}"/>
    <xsl:variable name="value" as="xs:string" select="normalize-space($id)"/>
    <xsl:sequence select="$bases(lower-case($id/@type))[matches($value, '^[A-Za-z0-9-]+$')] ! (. || $value)"/>
  </xsl:function>

  <!-- Each text, the paragraphs in which the entry is named, and how often. -->
  <xsl:function name="f:mention-list" as="element()?">
    <xsl:param name="entry" as="element()"/>
    <xsl:param name="where" as="document-node()*"/>
    <xsl:variable name="texts" as="document-node()*" select="$where[exists(f:mentions($entry, .))]"/>
    <xsl:choose>
      <xsl:when test="exists($texts)">
        <ul class="mentions">
          <xsl:for-each select="$texts">
            <li><xsl:sequence select="f:mentions-in(., f:mentions($entry, .))"/></li>
          </xsl:for-each>
        </ul>
      </xsl:when>
      <xsl:when test="exists($where)"><p class="mentions none">Not named in any text.</p></xsl:when>
    </xsl:choose>
  </xsl:function>

  <xsl:function name="f:mentions-in" as="node()*">
    <xsl:param name="text" as="document-node()"/>
    <xsl:param name="mentions" as="element()+"/>
    <a href="{f:page($text)}" lang="{f:main-language($text)}">{f:title($text)}</a>
    <xsl:for-each-group select="$mentions" group-by="string-join(f:place-of(.)?('label', 'anchor'))">
      <xsl:variable name="place" as="map(*)" select="f:place-of(.)"/>
      <xsl:value-of select="if (position() = 1) then ': ' else ', '"/>
      <a href="{f:page($text)}{$place?anchor}">{$place?label}</a>
    </xsl:for-each-group>
    <xsl:text> </xsl:text>
    <span class="count">{count($mentions)}</span>
  </xsl:function>

  <!-- Where a mention is, as a reader would say it, and the anchor there. -->
  <xsl:function name="f:place-of" as="map(*)">
    <xsl:param name="mention" as="element()"/>
    <xsl:variable name="within" as="element()?" select="($mention/ancestor::*[self::tei:p or self::tei:ab or self::tei:lg][f:counts(.)],
        $mention/ancestor::tei:speaker/following-sibling::*[f:counts(.)][self::tei:p or self::tei:lg])[1]"/>
    <!-- What is not in a paragraph is near the last one. -->
    <xsl:variable name="n" as="xs:integer" select="($within, $mention)[1]/accumulator-before('paragraph')"/>
    <xsl:variable name="paragraph" as="element()?" select="key('numbered', $n, root($mention))[$n gt 0]"/>
    <xsl:map>
      <xsl:map-entry key="'label'" select="if ($within) then '¶ ' || $n else f:part-name($mention)"/>
      <xsl:map-entry key="'anchor'" select="$paragraph ! ('#' || encode-for-uri(f:anchor(.)))"/>
    </xsl:map>
  </xsl:function>

  <xsl:function name="f:part-name" as="xs:string">
    <xsl:param name="mention" as="element()"/>
    <xsl:variable name="action" as="xs:string?" select="$mention/ancestor::tei:correspAction/@type"/>
    <xsl:choose>
      <xsl:when test="$action = 'sent' and $mention/(self::tei:persName | self::tei:orgName)">
        <xsl:sequence select="'sender'"/>
      </xsl:when>
      <xsl:when test="$action = 'received' and $mention/(self::tei:persName | self::tei:orgName)">
        <xsl:sequence select="'recipient'"/>
      </xsl:when>
      <xsl:when test="$mention/self::tei:author"><xsl:sequence select="'author'"/></xsl:when>
      <xsl:when test="$mention/ancestor::tei:teiHeader"><xsl:sequence select="'header'"/></xsl:when>
      <xsl:when test="$mention/ancestor::tei:note"><xsl:sequence select="'note'"/></xsl:when>
      <xsl:when test="$mention/ancestor::tei:figure"><xsl:sequence select="'caption'"/></xsl:when>
      <xsl:when test="$mention/ancestor::tei:bibl"><xsl:sequence select="'source line'"/></xsl:when>
      <xsl:when test="$mention/ancestor::tei:head"><xsl:sequence select="'heading'"/></xsl:when>
      <xsl:when test="$mention/ancestor::tei:speaker"><xsl:sequence select="'speaker'"/></xsl:when>
      <xsl:when test="$mention/ancestor::tei:closer"><xsl:sequence select="'close'"/></xsl:when>
      <xsl:when test="$mention/ancestor::tei:opener"><xsl:sequence select="'opening'"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="'text'"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>
</xsl:stylesheet>
