<?xml version="1.0" encoding="UTF-8"?>
<!-- Third step: one shape. Afterwards an element holds either words or blocks, never both, and no paragraph
     holds a block: outputs need not ask what stands within what. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:mode name="shape" on-no-match="shallow-copy"/>

  <!-- TEI's names, and parallel, row and cell of the second step. -->
  <xsl:variable name="always-blocks" as="xs:string+" select="'text', 'group', 'front', 'body', 'back', 'div', 'div1', 'div2',
      'div3', 'div4', 'div5', 'div6', 'div7', 'head', 'p', 'ab', 'opener', 'closer', 'dateline', 'postscript', 'address',
      'trailer', 'byline', 'epigraph', 'argument', 'floatingText', 'sp', 'castList', 'castGroup', 'castItem', 'set', 'lg',
      'l', 'list', 'item', 'table', 'row', 'cell', 'figure', 'titlePage', 'docTitle', 'titlePart', 'docImprint',
      'imprimatur', 'performance', 'prologue', 'epilogue', 'listBibl', 'listPerson', 'listPlace',
      'listOrg', 'listEvent', 'eg', 'spGrp', 'parallel', 'divGen', 'addrLine'"/>

  <!-- These are blocks where they stand among blocks, and words where they stand among words. -->
  <xsl:variable name="sometimes-blocks" as="xs:string+" select="'quote', 'q', 'cit', 'said', 'stage', 'bibl', 'biblStruct',
      'biblFull', 'note', 'speaker', 'salute', 'signed', 'label', 'figDesc', 'desc', 'milestone', 'gap', 'ellipsis', 'formula',
      'caption', 'camera', 'sound', 'tech', 'docAuthor', 'docEdition', 'docDate', 'view', 'meeting', 'space', 'roleDesc', 'noteGrp'"/>

  <xsl:function name="f:block" as="xs:boolean">
    <xsl:param name="node" as="node()?"/>
    <xsl:variable name="name" as="xs:string" select="local-name($node)"/>
    <xsl:choose>
      <xsl:when test="not($node instance of element())"><xsl:sequence select="false()"/></xsl:when>
      <xsl:when test="$name = $always-blocks"><xsl:sequence select="true()"/></xsl:when>
      <xsl:when test="$name = $sometimes-blocks and f:holds-blocks($node/..)"><xsl:sequence select="true()"/></xsl:when>
      <xsl:when test="$name = 'note'"><xsl:sequence select="false()"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="exists($node/*[not(self::tei:note)][f:block-below(.)])"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Whether an element or anything in it is a block, whatever stands around. -->
  <xsl:function name="f:block-below" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="local-name($element) = $always-blocks
        or exists($element/*[not(self::tei:note)][f:block-below(.)])"/>
  </xsl:function>

  <!-- Whether an element is one of those that hold blocks only; a quotation is, when it has a block or is one. -->
  <xsl:function name="f:holds-blocks" as="xs:boolean">
    <xsl:param name="element" as="element()?"/>
    <xsl:variable name="name" as="xs:string" select="local-name($element)"/>
    <xsl:choose>
      <xsl:when test="$name = ('text', 'group', 'front', 'body', 'back', 'div', 'div1', 'div2', 'div3', 'div4', 'div5', 'div6',
          'div7', 'sp', 'spGrp', 'floatingText', 'postscript', 'opener', 'closer', 'castList', 'castGroup', 'epigraph',
          'argument', 'titlePage', 'figure', 'listBibl', 'prologue', 'epilogue', 'performance', 'parallel', 'set', 'noteGrp', 'list', 'table', 'row', 'lg', 'address')">
        <xsl:sequence select="true()"/>
      </xsl:when>
      <xsl:when test="$name = ('quote', 'q', 'cit', 'said')"><xsl:sequence select="f:block($element)"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="false()"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <xsl:template match="*[not(self::tei:p or self::tei:ab)][f:holds-blocks(.) or */f:block(.) = true()]" mode="shape"
      as="element()">
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:call-template name="as-blocks"/>
    </xsl:copy>
  </xsl:template>

  <!-- Runs of words among blocks become paragraphs; white space among blocks means nothing. -->
  <xsl:template name="as-blocks" as="element()*">
    <xsl:for-each-group select="node()" group-adjacent="f:block(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()"><xsl:apply-templates select="current-group()" mode="shape"/></xsl:when>
        <xsl:when test="normalize-space(string-join(current-group())) or current-group()/self::element()">
          <tei:p r:made="yes"><xsl:apply-templates select="current-group()" mode="shape"/></tei:p>
        </xsl:when>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- A paragraph around a block becomes a paragraph, the block, and the paragraph continued. -->
  <xsl:template match="(tei:p | tei:ab)[*/f:block(.) = true()]" mode="shape" as="element()*">
    <xsl:param name="opening" as="node()*"/>
    <xsl:variable name="paragraph" as="element()" select="."/>
    <xsl:for-each-group select="node()[not(self::text()[not(normalize-space())])]" group-adjacent="f:block(.)">
      <xsl:choose>
        <xsl:when test="current-grouping-key()"><xsl:apply-templates select="current-group()" mode="shape"/></xsl:when>
        <xsl:otherwise>
          <xsl:variable name="first" as="xs:boolean" select="position() = 1"/>
          <xsl:copy select="$paragraph">
            <xsl:copy-of select="if ($first) then @* else @* except (@xml:id, @r:n, @r:anchor, @r:original)"/>
            <xsl:if test="not($first)"><xsl:attribute name="r:continued" select="'yes'"/></xsl:if>
            <xsl:apply-templates select="$opening[$first]" mode="opening"/>
            <xsl:apply-templates select="current-group()[1] | current-group()[1]/following-sibling::node()
                [. &lt;&lt; current-group()[last()]] | current-group()[last()]" mode="shape"/>
          </xsl:copy>
        </xsl:otherwise>
      </xsl:choose>
    </xsl:for-each-group>
  </xsl:template>

  <!-- A speech begins with who speaks and how: in the line of the first words where these are prose, else in
       a line of its own. -->
  <xsl:template match="tei:sp" mode="shape" priority="1" as="element()">
    <xsl:variable name="said" as="element()?" select="*[not(self::tei:speaker or self::tei:stage)][1]"/>
    <xsl:variable name="opening" as="node()*" select="if ($said) then $said/preceding-sibling::node() else node()"/>
    <xsl:variable name="rest" as="node()*" select="node() except $opening"/>
    <xsl:variable name="prose" as="xs:boolean" select="f:prose($rest)"/>
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:if test="$opening/self::* and not($prose)">
        <tei:p r:made="yes"><xsl:apply-templates select="$opening" mode="opening"/></tei:p>
      </xsl:if>
      <xsl:for-each select="$rest[self::* or normalize-space()]">
        <xsl:apply-templates select="." mode="shape">
          <xsl:with-param name="opening" select="$opening[$prose][current() is ($rest/self::*)[1]]"/>
        </xsl:apply-templates>
      </xsl:for-each>
    </xsl:copy>
  </xsl:template>

  <xsl:function name="f:prose" as="xs:boolean">
    <xsl:param name="speech" as="node()*"/>
    <xsl:sequence select="exists(($speech/self::*)[1][self::tei:p][not(f:block(node()[normalize-space()][1]))])"/>
  </xsl:function>

  <xsl:template match="tei:sp/tei:p[not(*/f:block(.) = true())]" mode="shape" as="element()">
    <xsl:param name="opening" as="node()*"/>
    <xsl:copy>
      <xsl:copy-of select="@*"/>
      <xsl:apply-templates select="$opening" mode="opening"/>
      <xsl:apply-templates mode="shape"/>
    </xsl:copy>
  </xsl:template>

  <!-- White space parts the opening from what follows, except in Chinese. -->
  <xsl:mode name="opening" on-no-match="shallow-skip"/>
  <xsl:template match="tei:speaker | tei:stage" mode="opening" as="node()+">
    <xsl:apply-templates select="." mode="shape"/>
    <xsl:value-of select="' '[not(f:spaceless(f:language(current())))]"/>
  </xsl:template>
  <xsl:template match="text()" mode="opening"/>
</xsl:stylesheet>
