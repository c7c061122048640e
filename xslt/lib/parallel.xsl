<?xml version="1.0" encoding="UTF-8"?>
<!-- Second step: where a passage is linked to its translation, both stand side by side at the place of the original.

     linkGrp type="translation" domains="#original #translation" holds one link for each pair; what one side has and
     the other has not gets a row of its own, so that nothing is left out. A translation that is a text or division of
     its own is read there and nowhere else; a passage of the same text is read in its own place too. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:map="http://www.w3.org/2005/xpath-functions/map"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:mode name="parallel" on-no-match="shallow-copy"/>
  <xsl:mode name="items" on-no-match="fail"/>
  <xsl:mode name="twin" on-no-match="shallow-copy"/>
  <xsl:mode name="moved" on-no-match="shallow-copy"/>

  <!-- The text with its parallels; a linked passage of the translation leads back by @r:original. -->
  <xsl:function name="f:with-parallels" as="element()">
    <xsl:param name="text" as="element()"/>
    <xsl:param name="groups" as="element(tei:linkGrp)*"/>
    <xsl:variable name="parallels" as="map(xs:string, map(*))" select="map:merge($groups ! f:parallel(., $text))"/>
    <xsl:apply-templates select="$text" mode="parallel">
      <xsl:with-param name="parallels" tunnel="yes" select="$parallels"/>
      <xsl:with-param name="moved" tunnel="yes" select="$parallels?*[f:moves(.)]?translation ! generate-id()"/>
      <xsl:with-param name="back" tunnel="yes" select="map:merge($groups ! f:ways-back(., $text))"/>
    </xsl:apply-templates>
  </xsl:function>

  <!-- The two passages of a group, by the id that the processor gives the original; none where one is not in the text. -->
  <xsl:function name="f:parallel" as="map(xs:string, map(*))">
    <xsl:param name="group" as="element(tei:linkGrp)"/>
    <xsl:param name="text" as="element()"/>
    <xsl:variable name="ids" as="xs:string*" select="f:pointed($group/@domains)"/>
    <xsl:variable name="sides" as="element()*"
        select="for $id in $ids[position() le 2] return $text/descendant-or-self::*[@xml:id = $id][1]"/>
    <!-- Where both are what someone says, who says it stands above. -->
    <xsl:variable name="sides" as="element()*"
        select="if (every $side in $sides satisfies f:all-said($side)) then $sides ! .. else $sides"/>
    <xsl:map>
      <xsl:if test="count($sides) = 2 and not($sides[1] is $sides[2])">
        <xsl:map-entry key="generate-id($sides[1])" select="map{'original': $sides[1], 'translation': $sides[2], 'group': $group}"/>
      </xsl:if>
    </xsl:map>
  </xsl:function>

  <!-- Whether the whole of the translation goes to the rows, and its own place is left out. -->
  <xsl:function name="f:moves" as="xs:boolean">
    <xsl:param name="parallel" as="map(*)"/>
    <xsl:variable name="translation" as="element()" select="$parallel?translation"/>
    <xsl:sequence select="exists($translation/(self::tei:text | self::tei:div[@type = 'translation']))
        and empty($parallel?original/(ancestor::* | descendant::*) intersect $translation)"/>
  </xsl:function>

  <xsl:function name="f:all-said" as="xs:boolean">
    <xsl:param name="passage" as="element()"/>
    <xsl:sequence
        select="exists($passage/parent::tei:sp[tei:speaker]) and empty($passage/../* except ($passage, $passage/../tei:speaker))"/>
  </xsl:function>

  <!-- The ids that a pointer's values name, in their order. -->
  <xsl:function name="f:pointed" as="xs:string*">
    <xsl:param name="pointers" as="attribute()?"/>
    <xsl:sequence select="tokenize($pointers)[starts-with(., '#')] ! substring(., 2)"/>
  </xsl:function>

  <!-- From each id on the translation's side to the first of the original's. Ancestry tells the sides. -->
  <xsl:function name="f:ways-back" as="map(xs:string, xs:string)">
    <xsl:param name="group" as="element(tei:linkGrp)"/>
    <xsl:param name="text" as="element()"/>
    <xsl:variable name="translation" as="xs:string?" select="f:pointed($group/@domains)[2]"/>
    <xsl:variable name="translated" as="map(xs:string, xs:boolean)" select="map:merge(
        $text/descendant-or-self::*[@xml:id = $translation]//@xml:id/string() ! map:entry(., true()))"/>
    <xsl:map>
      <xsl:for-each select="$group/tei:link">
        <xsl:variable name="ids" as="xs:string*" select="f:pointed(@target)"/>
        <xsl:variable name="original" as="xs:string?" select="$ids[not($translated(.))][1]"/>
        <xsl:sequence select="$ids[$translated(.) and $original] ! map:entry(., $original)"/>
      </xsl:for-each>
    </xsl:map>
  </xsl:function>

  <xsl:template match="*" mode="parallel" as="element()?">
    <xsl:param name="parallels" as="map(xs:string, map(*))" tunnel="yes"/>
    <xsl:param name="back" as="map(xs:string, xs:string)" tunnel="yes"/>
    <xsl:param name="moved" as="xs:string*" tunnel="yes"/>
    <xsl:variable name="parallel" as="map(*)?" select="$parallels(generate-id())"/>
    <xsl:choose>
      <xsl:when test="generate-id() = $moved and empty($parallel)"/>
      <!-- The numbers and ids of paragraphs go to the rows. -->
      <xsl:when test="exists($parallel) and (self::tei:p or self::tei:ab)">
        <xsl:sequence select="f:rows($parallel)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:copy>
          <xsl:copy-of select="@*"/>
          <xsl:for-each select="$back(string(@xml:id))"><xsl:attribute name="r:original" select="."/></xsl:for-each>
          <xsl:sequence select="$parallel ! f:rows(.)"/>
          <xsl:apply-templates select="node()[empty($parallel)]" mode="parallel"/>
        </xsl:copy>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The rows follow the original; what only the translation has follows the row it follows there. -->
  <xsl:function name="f:rows" as="element(r:parallel)">
    <xsl:param name="parallel" as="map(*)"/>
    <xsl:variable name="left" as="element(r:side)" select="f:side($parallel?original, $parallel?group, 'original', 'copied')"/>
    <xsl:variable name="right" as="element(r:side)"
        select="f:side($parallel?translation, $parallel?group, 'translation', if (f:moves($parallel)) then 'moved' else 'twin')"/>
    <xsl:variable name="shared" as="xs:string*" select="distinct-values($left/r:item/@row[. = $right/r:item/@row])"/>
    <xsl:variable name="added" as="map(xs:string, xs:string*)" select="map:merge(
        $right/r:item[not(@row = $shared)] ! map:entry(string(preceding-sibling::r:item[@row = $shared][1]/@row), string(@row)),
        map{'duplicates': 'combine'})"/>
    <r:parallel>
      <xsl:for-each select="$added(''), distinct-values($left/r:item/@row) ! (., $added(.))">
        <r:row>
          <xsl:copy-of select="$left/r:item[@row = current()][1]/(@r:n, @r:anchor)"/>
          <xsl:copy-of select="(($left, $right)/r:item[@row = current()]/@r:head)[1]"/>
          <xsl:sequence select="f:cell($left, .), f:cell($right, .)"/>
        </r:row>
      </xsl:for-each>
    </r:parallel>
  </xsl:function>

  <xsl:function name="f:cell" as="element(r:cell)">
    <xsl:param name="side" as="element(r:side)"/>
    <xsl:param name="row" as="xs:string"/>
    <r:cell>
      <xsl:copy-of select="$side/@*"/>
      <xsl:if test="$side/r:item[@row = $row]/@r:ids">
        <xsl:attribute name="r:ids" select="$side/r:item[@row = $row]/@r:ids"/>
      </xsl:if>
      <xsl:copy-of select="$side/r:item[@row = $row]/node()"/>
    </r:cell>
  </xsl:function>

  <!-- One side as a flat list of what is linked and what is not. -->
  <xsl:function name="f:side" as="element(r:side)">
    <xsl:param name="domain" as="element()"/>
    <xsl:param name="group" as="element(tei:linkGrp)"/>
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="way" as="xs:string"/>
    <xsl:variable name="items" as="element(r:item)*">
      <xsl:apply-templates select="$domain/node()" mode="items">
        <xsl:with-param name="row-of" tunnel="yes" select="map:merge(for $link in $group/tei:link return
            f:pointed($link/@target) ! map:entry(., 'link' || count($link/preceding-sibling::tei:link)))"/>
        <xsl:with-param name="way" tunnel="yes" select="$way"/>
        <xsl:with-param name="domain" tunnel="yes" select="$domain"/>
      </xsl:apply-templates>
    </xsl:variable>
    <r:side name="{$name}" xml:lang="{f:language($domain)}">
      <xsl:for-each-group select="$items" group-adjacent="string(@row)">
        <!-- What is not linked and stands together shares a row that is nobody else's. -->
        <r:item row="{(current-grouping-key()[.], $name || position())[1]}">
          <xsl:copy-of select="(current-group()/@r:n)[1]/../(@r:n, @r:anchor), (current-group()/@r:head)[1]"/>
          <xsl:if test="current-group()/@r:ids"><xsl:attribute name="r:ids" select="current-group()/@r:ids"/></xsl:if>
          <xsl:copy-of select="current-group()/node()"/>
        </r:item>
      </xsl:for-each-group>
    </r:side>
  </xsl:function>

  <xsl:template match="node()" mode="items" as="element(r:item)*">
    <xsl:param name="row-of" as="map(xs:string, xs:string)" tunnel="yes"/>
    <xsl:param name="way" as="xs:string" tunnel="yes"/>
    <xsl:param name="domain" as="element()" tunnel="yes"/>
    <xsl:choose>
      <xsl:when test="$row-of(string(@xml:id))">
        <xsl:sequence select="f:item(., $row-of(@xml:id), $way, $domain)"/>
      </xsl:when>
      <xsl:when test=".//@xml:id[$row-of(.)]"><xsl:apply-templates mode="items"/></xsl:when>
      <!-- Who speaks on the one side is who speaks on the other; so with headings. -->
      <xsl:when test="self::tei:speaker or self::tei:head">
        <xsl:variable name="before" as="element()*"
            select="$domain//*[node-name() = node-name(current())][. &lt;&lt; current()]"/>
        <xsl:sequence select="f:item(., local-name() || count($before), $way, $domain)"/>
      </xsl:when>
      <xsl:when test="normalize-space()"><xsl:sequence select="f:item(., '', $way, $domain)"/></xsl:when>
    </xsl:choose>
  </xsl:template>

  <!-- A passage of a side: of the original "copied"; of a translation that keeps its own place its "twin", without ids
       and notes; of another "moved" with all it has, but for the numbers of its paragraphs. -->
  <xsl:function name="f:item" as="element(r:item)">
    <xsl:param name="node" as="node()"/>
    <xsl:param name="row" as="xs:string"/>
    <xsl:param name="way" as="xs:string"/>
    <xsl:param name="domain" as="element()"/>
    <r:item row="{$row}">
      <xsl:copy-of select="f:begun($node)[$way = 'copied']/(@r:n, @r:anchor)"/>
      <xsl:if test="$node/ancestor-or-self::tei:head"><xsl:attribute name="r:head" select="true()"/></xsl:if>
      <xsl:for-each select="f:ids($node, $domain)[$way = 'moved']"><xsl:attribute name="r:ids" select="."/></xsl:for-each>
      <xsl:choose>
        <xsl:when test="$way = 'copied'"><xsl:copy-of select="$node"/></xsl:when>
        <xsl:when test="$way = 'moved'"><xsl:apply-templates select="$node" mode="moved"/></xsl:when>
        <xsl:otherwise><xsl:apply-templates select="$node" mode="twin"/></xsl:otherwise>
      </xsl:choose>
      <xsl:if test="f:space-after($node)"><xsl:text> </xsl:text></xsl:if>
    </r:item>
  </xsl:function>

  <!-- The ids of those elements around a passage that begin with it: they are left out, and links may lead to them. -->
  <xsl:function name="f:ids" as="xs:string?">
    <xsl:param name="passage" as="node()"/>
    <xsl:param name="domain" as="element()"/>
    <xsl:variable name="begun" as="element()*" select="$passage/ancestor::*[. is $domain or ancestor::*[. is $domain]]
        [@xml:id or @r:anchor][empty(.//text()[normalize-space()][. &lt;&lt; $passage])]"/>
    <xsl:sequence select="string-join(distinct-values($begun/(@xml:id, @r:anchor)), ' ')[.]"/>
  </xsl:function>

  <!-- The paragraph that begins with this passage. -->
  <xsl:function name="f:begun" as="element()?">
    <xsl:param name="passage" as="node()"/>
    <xsl:sequence select="$passage/ancestor::*[@r:n][1][empty(.//text()[normalize-space()][. &lt;&lt; $passage])]"/>
  </xsl:function>

  <!-- The space between two passages lies outside them. -->
  <xsl:function name="f:space-after" as="xs:boolean">
    <xsl:param name="node" as="node()"/>
    <xsl:variable name="next" as="node()?" select="$node/following-sibling::node()[1]"/>
    <xsl:sequence select="if ($next) then $next instance of text() and matches($next, '^\s')
        else not(f:spaceless(f:language($node)))"/>
  </xsl:function>

  <xsl:template match="@xml:id | @r:n | @r:anchor | tei:note" mode="twin"/>
  <xsl:template match="@r:n" mode="moved"/>
</xsl:stylesheet>
