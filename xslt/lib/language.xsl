<?xml version="1.0" encoding="UTF-8"?>
<!-- Languages, and what is written differently in each. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <!-- The language of a node, "und" where nobody says. -->
  <xsl:function name="f:language" as="xs:string">
    <xsl:param name="node" as="node()"/>
    <xsl:sequence select="('und', $node/ancestor-or-self::*/@xml:lang ! f:tag(.))[last()]"/>
  </xsl:function>

  <!-- Written from right to left, as far as the tag says. -->
  <xsl:function name="f:leftward" as="xs:boolean">
    <xsl:param name="tag" as="xs:string"/>
    <xsl:sequence
        select="matches($tag, '^(ar|he|fa|ur|yi|syr|arc|ckb|ps|sd|ug|dv|ota)(-|$)|-(Arab|Hebr|Syrc|Thaa)(-|$)') and not(contains($tag, '-Latn'))"/>
  </xsl:function>

  <!-- A language tag as browsers and typesetters know it: two letters for those languages that have a code of two,
       and nothing for what is no tag. -->
  <xsl:function name="f:tag" as="xs:string?">
    <xsl:param name="tag" as="xs:anyAtomicType"/>
    <xsl:variable name="short" as="map(xs:string, xs:string)" select="map{
        'eng': 'en', 'deu': 'de', 'ger': 'de', 'fra': 'fr', 'fre': 'fr', 'ita': 'it', 'spa': 'es', 'por': 'pt', 'nld': 'nl',
        'dut': 'nl', 'rus': 'ru', 'ukr': 'uk', 'pol': 'pl', 'ces': 'cs', 'cze': 'cs', 'hun': 'hu', 'swe': 'sv', 'dan': 'da',
        'lat': 'la', 'ell': 'el', 'gre': 'el', 'heb': 'he', 'ara': 'ar', 'fas': 'fa', 'per': 'fa', 'zho': 'zh', 'chi': 'zh',
        'jpn': 'ja', 'kor': 'ko', 'san': 'sa', 'tur': 'tr'}"/>
    <xsl:variable name="code" as="xs:string" select="tokenize($tag, '-')[1]"/>
    <xsl:sequence select="(($short($code), $code)[1] || substring(string($tag), string-length($code) + 1))
        [matches(., '^[A-Za-z]{2,8}(-[A-Za-z0-9]{1,8})*$')]"/>
  </xsl:function>

  <!-- Chinese and Japanese put no space between sentences. -->
  <xsl:function name="f:spaceless" as="xs:boolean">
    <xsl:param name="language" as="xs:string"/>
    <xsl:sequence select="matches($language, '^(zh|ja|lzh|yue)(-|$)') and not(contains($language, '-Latn'))"/>
  </xsl:function>

  <!-- The marks around a quotation that an encoder took out of the text. -->
  <xsl:function name="f:marks" as="xs:string+">
    <xsl:param name="language" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="f:spaceless($language)"><xsl:sequence select="'「', '」'"/></xsl:when>
      <xsl:when test="matches($language, '^(de|cs|sk|sl)(-|$)')"><xsl:sequence select="'„', '“'"/></xsl:when>
      <xsl:when test="matches($language, '^(fr|ru|it|es|pt|el|uk|grc|la)(-|$)')">
        <xsl:sequence select="'«', '»'"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="'“', '”'"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- A date as a reader says it: 1918-08-01 is 1 August 1918; a day may stand without a year. What is no
       date is given back as it stands. -->
  <xsl:function name="f:spoken" as="xs:string">
    <xsl:param name="value" as="xs:string"/>
    <xsl:choose>
      <xsl:when test="$value castable as xs:date and not(starts-with($value, '-'))">
        <xsl:sequence select="format-date(xs:date($value), '[D] [MNn] [Y]', 'en', (), ())"/>
      </xsl:when>
      <xsl:when test="$value castable as xs:gYearMonth and not(starts-with($value, '-'))">
        <xsl:sequence select="format-date(xs:date($value || '-01'), '[MNn] [Y]', 'en', (), ())"/>
      </xsl:when>
      <xsl:when test="$value castable as xs:gMonthDay">
        <xsl:sequence select="format-date(xs:date('2000' || substring($value, 2)), '[D] [MNn]', 'en', (), ())"/>
      </xsl:when>
      <xsl:when test="$value castable as xs:gMonth">
        <xsl:sequence select="format-date(xs:date('2000' || substring($value, 2) || '-01'), '[MNn]', 'en', (), ())"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="$value"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- What the attributes of a date say, in words. -->
  <xsl:function name="f:dated" as="xs:string">
    <xsl:param name="date" as="element()?"/>
    <xsl:variable name="say" as="function(attribute()) as xs:string" select="f:spoken#1"/>
    <xsl:choose>
      <xsl:when test="$date/@when"><xsl:sequence select="$say($date/@when)"/></xsl:when>
      <xsl:when test="$date/@from and $date/@to">
        <xsl:sequence select="$say($date/@from) || ' to ' || $say($date/@to)"/>
      </xsl:when>
      <xsl:when test="$date/@notBefore and $date/@notAfter">
        <xsl:sequence select="'between ' || $say($date/@notBefore) || ' and ' || $say($date/@notAfter)"/>
      </xsl:when>
      <xsl:when test="$date/(@from | @notBefore)">
        <xsl:sequence select="'after ' || $say($date/(@from, @notBefore)[1])"/>
      </xsl:when>
      <xsl:when test="$date/(@to | @notAfter)">
        <xsl:sequence select="'before ' || $say($date/(@to, @notAfter)[1])"/>
      </xsl:when>
      <xsl:otherwise><xsl:sequence select="''"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>
</xsl:stylesheet>
