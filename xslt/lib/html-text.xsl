<?xml version="1.0" encoding="UTF-8"?>
<!-- A text that has been made ready by reading.xsl, as HTML. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:mode name="html" on-no-match="fail" use-accumulators="note"/>

  <xsl:template match="text()" mode="html" as="text()"><xsl:value-of select="."/></xsl:template>

  <!-- An element without a rule of its own shows its words. -->
  <xsl:template match="*" mode="html" as="node()*">
    <xsl:choose>
      <xsl:when test="f:block(.)">
        <div class="{local-name()}"><xsl:call-template name="inside"/></div>
      </xsl:when>
      <xsl:otherwise><span class="{local-name()}"><xsl:call-template name="inside"/></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- What every element may have: an id, a language; then what is in it. -->
  <xsl:template name="inside" as="node()*">
    <xsl:call-template name="common"/>
    <xsl:apply-templates mode="html"/>
  </xsl:template>

  <xsl:template name="common" as="attribute()*">
    <xsl:if test="@xml:id"><xsl:attribute name="id" select="@xml:id"/></xsl:if>
    <xsl:if test="@xml:lang">
      <xsl:attribute name="lang" select="@xml:lang"/>
      <xsl:if test="f:leftward(@xml:lang)"><xsl:attribute name="dir" select="'rtl'"/></xsl:if>
      <xsl:if test="not(f:leftward(@xml:lang)) and ancestor::*/@xml:lang/f:leftward(.) = true()">
        <xsl:attribute name="dir" select="'ltr'"/>
      </xsl:if>
    </xsl:if>
  </xsl:template>

  <!-- Divisions and headings -->

  <xsl:template match="tei:text | tei:body | tei:front | tei:back | tei:group" mode="html" as="element()">
    <div class="{local-name()}"><xsl:call-template name="inside"/></div>
  </xsl:template>

  <xsl:template match="tei:div | tei:div1 | tei:div2 | tei:div3 | tei:div4 | tei:div5 | tei:div6 | tei:div7" mode="html"
      as="element()">
    <div class="{string-join(('div', @type ! replace(., '[^\w-]', '-')), ' ')}"><xsl:call-template name="inside"/></div>
  </xsl:template>

  <xsl:template match="tei:head" mode="html" as="element()">
    <xsl:element name="h{min((6, 1 + f:depth(.)))}" namespace=""><xsl:call-template name="inside"/></xsl:element>
  </xsl:template>

  <!-- The heading that is the title stands at the head of the page. -->
  <xsl:template match="tei:*[@r:title] | tei:*[f:emptied(.)]" mode="html" priority="3"/>

  <xsl:template match="tei:head[@type = 'sub'] | tei:head[preceding-sibling::*[1][self::tei:head]]" mode="html"
      as="element()">
    <p class="subhead"><xsl:call-template name="inside"/></p>
  </xsl:template>

  <xsl:template match="tei:head[parent::tei:figure or parent::tei:list or parent::tei:table or parent::tei:lg
      or parent::tei:castList]" mode="html" priority="1" as="element()">
    <p class="caption"><xsl:call-template name="inside"/></p>
  </xsl:template>

  <!-- Paragraphs -->

  <xsl:template match="tei:p | tei:ab" mode="html" as="element()">
    <p>
      <xsl:call-template name="paragraph"/>
      <xsl:apply-templates mode="html"/>
    </p>
  </xsl:template>

  <xsl:template match="tei:p[f:ornament(.)] | tei:ab[f:ornament(.)]" mode="html" priority="1" as="element()">
    <xsl:choose>
      <xsl:when test="f:ruled(.)"><hr class="line"/></xsl:when>
      <xsl:otherwise><p class="ornament"><xsl:call-template name="inside"/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template name="paragraph" as="node()*">
    <xsl:if test="@r:continued or @r:made"><xsl:attribute name="class" select="'continued'"/></xsl:if>
    <xsl:call-template name="common"/>
    <xsl:if test="@r:anchor"><xsl:attribute name="id" select="@r:anchor"/></xsl:if>
    <xsl:if test="@r:n">
      <a class="number" href="#{encode-for-uri(@r:anchor)}" aria-label="Paragraph {@r:n}">{@r:n}</a>
    </xsl:if>
  </xsl:template>

  <xsl:template match="tei:speaker" mode="html" as="element()">
    <span class="speaker"><xsl:call-template name="inside"/></span>
  </xsl:template>

  <xsl:template match="tei:speaker[f:block(.)] | tei:salute | tei:signed | tei:dateline | tei:byline | tei:trailer
      | tei:docAuthor | tei:docDate | tei:docImprint | tei:docEdition | tei:castItem | tei:addrLine | tei:titlePart
      | tei:docTitle[not(*)] | tei:figDesc | tei:imprimatur" mode="html" as="element()">
    <xsl:choose>
      <xsl:when test="f:block(.) and not(*/f:block(.) = true())">
        <p class="{local-name()}"><xsl:call-template name="inside"/></p>
      </xsl:when>
      <xsl:when test="f:block(.)"><div class="{local-name()}"><xsl:call-template name="inside"/></div></xsl:when>
      <xsl:otherwise><span class="{local-name()}"><xsl:call-template name="inside"/></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Quotations -->

  <xsl:template match="tei:quote | tei:q | tei:said" mode="html" as="element()">
    <xsl:choose>
      <xsl:when test="f:block(.)">
        <blockquote>
          <xsl:call-template name="common"/>
          <xsl:call-template name="blocks"/>
        </blockquote>
      </xsl:when>
      <xsl:otherwise><span class="{local-name()}"><xsl:call-template name="inside"/></span></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- Where a block has come out of the third step with words only, they are one paragraph. -->
  <xsl:template name="blocks" as="node()*">
    <xsl:choose>
      <xsl:when test="*/f:block(.) = true()"><xsl:apply-templates mode="html"/></xsl:when>
      <xsl:otherwise><p><xsl:apply-templates mode="html"/></p></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:template match="tei:cit[f:block(.)] | tei:epigraph" mode="html" as="element()">
    <div class="{local-name()}"><xsl:call-template name="inside"/></div>
  </xsl:template>

  <xsl:template match="tei:bibl[f:block(.)] | tei:biblStruct[f:block(.)] | tei:biblFull[f:block(.)]" mode="html"
      as="element()">
    <p class="bibl"><xsl:call-template name="inside"/></p>
  </xsl:template>

  <!-- Plays, verse, lists, tables -->

  <xsl:template match="tei:stage[f:block(.)][not(*/f:block(.) = true())]" mode="html" as="element()">
    <p class="stage"><xsl:call-template name="inside"/></p>
  </xsl:template>

  <xsl:template match="tei:lg" mode="html" as="element()">
    <div class="{string-join(('lg', @type[. = 'refrain']), ' ')}">
      <xsl:call-template name="paragraph"/>
      <xsl:apply-templates mode="html"/>
    </div>
  </xsl:template>

  <xsl:template match="tei:l" mode="html" as="element()">
    <div class="{string-join(('l', @part[. = ('M', 'F')] ! 'later', tokenize(@rend)[matches(., '^indent[1-9]$')]), ' ')}"><xsl:call-template name="inside"/></div>
  </xsl:template>

  <xsl:template match="tei:list" mode="html" as="element()+">
    <xsl:apply-templates select="tei:head" mode="html"/>
    <xsl:choose>
      <xsl:when test="tei:label">
        <dl><xsl:if test="f:numbered(.)"><xsl:attribute name="class" select="'numbered'"/></xsl:if><xsl:call-template name="common"/><xsl:apply-templates select="* except tei:head" mode="definition"/></dl>
      </xsl:when>
      <xsl:otherwise>
        <xsl:element name="{if (@type = ('ordered', 'numbered') or @rend = ('ordered', 'numbered')) then 'ol' else 'ul'}" namespace="">
          <xsl:if test="@type = 'simple' or tei:item[starts-with(normalize-space(), '•') or .//tei:metamark[@function = 'bullet'
              or @function = 'listMarker'] or matches(., '^\s*(\d+|[a-z])[.)]')]">
            <xsl:attribute name="class" select="'plain'"/>
          </xsl:if>
          <xsl:call-template name="common"/>
          <xsl:apply-templates select="* except tei:head" mode="item"/>
        </xsl:element>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <xsl:mode name="item" on-no-match="fail"/>
  <xsl:template match="*" mode="item" as="element()">
    <li><xsl:for-each select="."><xsl:call-template name="inside"/></xsl:for-each></li>
  </xsl:template>

  <xsl:mode name="definition" on-no-match="fail"/>
  <xsl:template match="*" mode="definition" as="element()"><dd><xsl:call-template name="inside"/></dd></xsl:template>
  <xsl:template match="tei:label" mode="definition" as="element()">
    <dt><xsl:call-template name="inside"/></dt>
  </xsl:template>

  <xsl:template match="tei:table" mode="html" as="element()">
    <div class="scroll">
      <xsl:variable name="below" as="element()*" select="tei:row[last()]/following-sibling::*"/>
      <xsl:apply-templates select="* except (tei:row, $below)" mode="html"/>
      <table>
        <xsl:call-template name="common"/>
        <tbody>
          <xsl:apply-templates select="tei:row[not(f:drawn(.))]" mode="html">
            <xsl:with-param name="figures" tunnel="yes" select="f:figure-columns(.)"/>
          </xsl:apply-templates>
        </tbody>
      </table>
      <xsl:apply-templates select="$below" mode="html"/>
    </div>
  </xsl:template>

  <xsl:template match="tei:row" mode="html" as="element()">
    <tr>
      <xsl:call-template name="common"/>
      <xsl:apply-templates select="tei:cell" mode="html"><xsl:with-param name="labels" select="f:label-row(.)"/></xsl:apply-templates>
    </tr>
  </xsl:template>

  <xsl:template match="tei:cell" mode="html" as="element()">
    <xsl:param name="figures" as="xs:integer*" tunnel="yes"/>
    <xsl:param name="labels" as="xs:boolean" select="false()"/>
    <xsl:element name="{if (@role = 'label' or $labels) then 'th' else 'td'}" namespace="">
      <xsl:if test="position() = $figures"><xsl:attribute name="class" select="'figure'"/></xsl:if>
      <xsl:if test="matches(@cols, '^[1-9]\d?$')"><xsl:attribute name="colspan" select="@cols"/></xsl:if>
      <xsl:if test="matches(@rows, '^[1-9]\d?$')"><xsl:attribute name="rowspan" select="@rows"/></xsl:if>
      <xsl:call-template name="inside"/>
    </xsl:element>
  </xsl:template>

  <!-- There are no pictures in TEI, only what is said of them. -->
  <xsl:template match="tei:figure" mode="html" as="element()?">
    <xsl:if test="normalize-space()">
      <figure><xsl:call-template name="common"/><figcaption><xsl:apply-templates mode="html"/></figcaption></figure>
    </xsl:if>
  </xsl:template>

  <xsl:template match="tei:milestone[f:block(.)]" mode="html" as="element()"><hr/></xsl:template>

  <!-- Original and translation -->

  <xsl:template match="r:parallel" mode="html" as="element()">
    <div class="parallel" role="group" aria-label="Original and translation">
      <xsl:apply-templates select="r:row" mode="html"/>
    </div>
  </xsl:template>

  <xsl:template match="r:row" mode="html" as="element()">
    <!-- In the focus, by key or by tap, as under the pointer both sides are marked. -->
    <div class="{string-join(('pair', 'begins'[current()/@r:n], 'heading'[current()/@r:head]), ' ')}" role="group" tabindex="0">
      <xsl:call-template name="paragraph"/>
      <xsl:apply-templates select="r:cell" mode="html"/>
    </div>
  </xsl:template>

  <xsl:template match="r:cell" mode="html" as="element()">
    <div class="{@name}" lang="{@xml:lang}">
      <xsl:for-each select="tokenize(@r:ids)"><span id="{.}"/></xsl:for-each>
      <xsl:apply-templates mode="html"/>
    </div>
  </xsl:template>

  <!-- Words -->

  <xsl:template match="tei:hi | tei:emph | tei:title | tei:foreign | tei:term | tei:mentioned | tei:gloss" mode="html"
      as="element()">
    <xsl:element name="{f:html-name(.)}" namespace="">
      <xsl:if test="f:html-name(.) = 'span'">
        <xsl:attribute name="class" select="local-name(), tokenize(@rend) ! replace(., '[^\w-]', '')"/>
      </xsl:if>
      <xsl:call-template name="inside"/>
    </xsl:element>
  </xsl:template>

  <xsl:function name="f:html-name" as="xs:string">
    <xsl:param name="element" as="element()"/>
    <xsl:variable name="rend" as="xs:string" select="lower-case(string-join($element/(@rend, @style), ' '))"/>
    <xsl:choose>
      <xsl:when test="f:block($element)"><xsl:sequence select="'div'"/></xsl:when>
      <xsl:when test="$element/self::tei:emph"><xsl:sequence select="'em'"/></xsl:when>
      <xsl:when test="$element/self::tei:title[not(@level = ('a', 'u'))]"><xsl:sequence select="'cite'"/></xsl:when>
      <xsl:when test="$element/(self::tei:mentioned | self::tei:term)"><xsl:sequence select="'i'"/></xsl:when>
      <xsl:when test="$element/self::tei:foreign">
        <xsl:sequence select="if (f:latin($element)) then 'i' else 'span'"/>
      </xsl:when>
      <xsl:when test="contains($rend, 'bold')"><xsl:sequence select="'b'"/></xsl:when>
      <xsl:when test="contains($rend, 'ital')"><xsl:sequence select="'i'"/></xsl:when>
      <xsl:when test="matches($rend, 'super|^sup$')"><xsl:sequence select="'sup'"/></xsl:when>
      <xsl:when test="matches($rend, 'subscript|^sub$')"><xsl:sequence select="'sub'"/></xsl:when>
      <xsl:when test="contains($rend, 'underl')"><xsl:sequence select="'u'"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="'span'"/></xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Foreign words are set in italics only in a script that has them. -->
  <xsl:function name="f:latin" as="xs:boolean">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence
        select="not(matches($element, '[^&#x20;-&#x24F;&#x300;-&#x36F;&#x1E00;-&#x1EFF;&#x2010;-&#x206F;\s]'))"/>
  </xsl:function>

  <xsl:template match="tei:persName | tei:placeName | tei:orgName | tei:geogName | tei:name | tei:rs" mode="html"
      as="element()">
    <xsl:variable name="href" as="xs:string?"><xsl:call-template name="href"/></xsl:variable>
    <xsl:call-template name="linked">
      <xsl:with-param name="href" select="$href"/>
      <xsl:with-param name="class" select="'name', f:name-kind(.), @cert[. = ('low', 'medium')] ! 'unsure'"/>
      <xsl:with-param name="title" select="f:name-title(.)"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:function name="f:name-kind" as="xs:string">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="kind" as="xs:string"
        select="($name/(self::tei:rs | self::tei:name)/@type, local-name($name))[1]"/>
    <xsl:sequence select="if (matches($kind, 'pers')) then 'person' else if (matches($kind, 'place|geog')) then 'place'
        else if (matches($kind, 'org')) then 'org' else 'other'"/>
  </xsl:function>

  <!-- What the register calls it, and how sure the encoding is. -->
  <xsl:function name="f:name-title" as="xs:string?">
    <xsl:param name="name" as="element()"/>
    <xsl:variable name="entry" as="element()?" select="f:at($name/@r:uri)"/>
    <xsl:variable name="sure" as="xs:string?" select="f:unsure($name)"/>
    <xsl:sequence select="string-join(($entry[self::tei:person or self::tei:place or self::tei:org or self::tei:personGrp]
        ! f:called(.), $sure), ' – ')[.]"/>
  </xsl:function>

  <xsl:function name="f:unsure" as="xs:string?">
    <xsl:param name="element" as="element()"/>
    <xsl:sequence select="$element/@cert[. = ('low', 'medium')] ! (if ($element/@resp = '#teipress')
        then 'proposed by the machine, certainty ' || . else 'certainty ' || .)"/>
  </xsl:function>

  <!-- A link where there is somewhere to go, unless this is within a link or has one in it. -->
  <xsl:template name="linked" as="element()">
    <xsl:param name="href" as="xs:string?"/>
    <xsl:param name="class" as="xs:string*"/>
    <xsl:param name="title" as="xs:string?"/>
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <xsl:variable name="link" as="xs:boolean"
        select="exists($href) and not($in-link) and empty(.//tei:note) and not(f:block(.))"/>
    <xsl:element name="{if ($link) then 'a' else if (f:block(.)) then 'div' else 'span'}" namespace="">
      <xsl:if test="exists($class)"><xsl:attribute name="class" select="$class"/></xsl:if>
      <xsl:if test="$link"><xsl:attribute name="href" select="$href"/></xsl:if>
      <xsl:if test="$title"><xsl:attribute name="title" select="$title"/></xsl:if>
      <xsl:call-template name="common"/>
      <xsl:apply-templates mode="html"><xsl:with-param name="in-link" tunnel="yes" select="$in-link or $link"/></xsl:apply-templates>
    </xsl:element>
  </xsl:template>

  <!-- Where an element's pointer leads: within the page, to a register, to another text, into the web, or nowhere. -->
  <xsl:template name="href" as="xs:string?">
    <xsl:param name="here" as="document-node()?" tunnel="yes"/>
    <xsl:variable name="target" as="element()?" select="f:at(@r:uri)"/>
    <xsl:variable name="fragment" as="xs:string" select="'#' || encode-for-uri($target/@xml:id)"/>
    <xsl:variable name="document" as="document-node()?" select="$document-at(replace(@r:uri, '#.*$', ''))"/>
    <xsl:choose>
      <xsl:when test="$target/ancestor::tei:teiHeader"/>
      <xsl:when test="$target and $document is $here">
        <xsl:sequence select="$fragment[$target/ancestor-or-self::tei:text or f:listed-here($target)]"/>
      </xsl:when>
      <xsl:when test="$target and $document = $registers?*">
        <xsl:sequence select="$kinds[?kind = f:kind($target)]?page || $fragment"/>
      </xsl:when>
      <xsl:when test="$target"><xsl:sequence select="f:page($document) || $fragment"/></xsl:when>
      <xsl:when test="$texts?*[. is $document]"><xsl:sequence select="f:page($document)"/></xsl:when>
      <xsl:otherwise><xsl:sequence select="f:web-address((@ref, @target)[1])"/></xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The page of a text. -->
  <xsl:function name="f:page" as="xs:string">
    <xsl:param name="document" as="document-node()"/>
    <xsl:sequence select="encode-for-uri(f:name($document)) || '.html'"/>
  </xsl:function>

  <!-- An entry that a text brings with it is listed below that text. -->
  <xsl:function name="f:listed-here" as="xs:boolean">
    <xsl:param name="entry" as="element()"/>
    <xsl:sequence
        select="exists($entry/(self::tei:person | self::tei:place | self::tei:org)/(ancestor::tei:standOff | ancestor::tei:back))"/>
  </xsl:function>

  <xsl:template match="tei:ref" mode="html" as="element()">
    <xsl:variable name="href" as="xs:string?"><xsl:call-template name="href"/></xsl:variable>
    <xsl:call-template name="linked">
      <xsl:with-param name="href" select="$href"/>
      <xsl:with-param name="class" select="'ref'[empty($href)]"/>
    </xsl:call-template>
  </xsl:template>

  <xsl:template match="tei:ptr" mode="html" as="element()?">
    <xsl:variable name="href" as="xs:string?"><xsl:call-template name="href"/></xsl:variable>
    <xsl:if test="$href"><a href="{$href}">{if (starts-with($href, '#')) then '↓' else $href}</a></xsl:if>
  </xsl:template>

  <xsl:template match="tei:date | tei:time" mode="html" as="element()">
    <xsl:variable name="said" as="xs:string" select="f:dated(.)"/>
    <xsl:element name="{if (f:html-date(@when)) then 'time' else 'span'}" namespace="">
      <xsl:attribute name="class" select="'date', @cert[. = ('low', 'medium')] ! 'unsure'"/>
      <xsl:if test="f:html-date(@when)"><xsl:attribute name="datetime" select="@when"/></xsl:if>
      <xsl:if test="$said and $said != normalize-space()">
        <xsl:attribute name="title" select="string-join(($said, @calendar ! f:calendar(.), f:unsure(.)), ' – ')"/>
      </xsl:if>
      <xsl:call-template name="common"/>
      <xsl:value-of select="$said[not(normalize-space(current()))]"/>
      <xsl:apply-templates mode="html"/>
    </xsl:element>
  </xsl:template>

  <!-- HTML knows four-digit years, months and days, and nothing before the year 1. -->
  <xsl:function name="f:html-date" as="xs:boolean">
    <xsl:param name="when" as="attribute()?"/>
    <xsl:sequence select="matches($when, '^\d{4}(-\d\d(-\d\d)?)?$') and not(starts-with($when, '0000')) and
        (string-length($when) lt 10 or $when castable as xs:date)"/>
  </xsl:function>

  <xsl:function name="f:calendar" as="xs:string">
    <xsl:param name="calendar" as="attribute()"/>
    <xsl:sequence
        select="'in the source by the ' || string-join(tokenize($calendar) ! replace(., '^.*#', ''), ' and ') || ' calendar'"/>
  </xsl:function>

  <xsl:template match="tei:corr[@r:instead] | tei:reg[@r:instead] | tei:expan[@r:instead]" mode="html" as="element()">
    <span class="{local-name()}"
        title="{if (self::tei:corr) then 'corrected from' else if (self::tei:reg) then 'in the source' else 'abbreviated'}: {@r:instead}">
      <xsl:call-template name="inside"/>
    </span>
  </xsl:template>

  <xsl:template match="r:recte" mode="html" as="node()*">
    <xsl:text> </xsl:text>
    <span class="recte">[<i>recte</i> <xsl:text> </xsl:text><xsl:apply-templates mode="html"/>]</span>
  </xsl:template>

  <xsl:template match="tei:del" mode="html" as="element()"><del><xsl:call-template name="inside"/></del></xsl:template>
  <xsl:template match="tei:add[not(f:block(.))]" mode="html" as="element()">
    <ins><xsl:call-template name="inside"/></ins>
  </xsl:template>
  <xsl:template match="tei:lb" mode="html" as="node()+">
    <xsl:if test="@break = 'no'">-</xsl:if>
    <br/>
  </xsl:template>
  <xsl:template match="tei:formula | tei:code | tei:gi | tei:att | tei:val | tei:ident" mode="html" as="element()">
    <code><xsl:call-template name="inside"/></code>
  </xsl:template>

  <xsl:template match="tei:pb" mode="html" as="element()?">
    <xsl:if test="@n[normalize-space()]">
      <span class="pb" title="page {@n}"><xsl:call-template name="common"/>[{@n}]</span>
    </xsl:if>
  </xsl:template>

  <xsl:template match="tei:anchor | tei:milestone" mode="html" as="element()?">
    <xsl:if test="@xml:id"><span id="{@xml:id}"/></xsl:if>
  </xsl:template>

  <!-- A passage of a translation leads back to the original. -->
  <xsl:template match="tei:seg[@r:original][not(f:block(.))]" mode="html" as="element()">
    <xsl:param name="in-link" as="xs:boolean" tunnel="yes" select="false()"/>
    <span class="seg">
      <xsl:call-template name="inside"/>
      <xsl:if test="not($in-link)">
        <a class="back" href="#{encode-for-uri(@r:original)}" aria-label="Original" title="to the original">↑</a>
      </xsl:if>
    </span>
  </xsl:template>

  <!-- Notes -->

  <xsl:template match="tei:note" mode="html" as="element()">
    <xsl:variable name="n" as="xs:integer" select="accumulator-before('note')"/>
    <sup class="call" id="call:{$n}"><a href="#note:{$n}" role="doc-noteref">{$n}</a></sup>
  </xsl:template>

  <xsl:template match="tei:note[f:block(.)]" mode="html" as="element()">
    <div class="note">
      <xsl:call-template name="common"/>
      <xsl:call-template name="blocks"/>
    </div>
  </xsl:template>

  <xsl:template match="tei:note[ancestor::tei:note][not(f:block(.))]" mode="html" priority="1" as="element()">
    <span class="note"> ({normalize-space()})</span>
  </xsl:template>

  <!-- The notes of a text, listed below it. -->
  <xsl:template name="notes" as="element()?">
    <xsl:param name="reading" as="element()*"/>
    <xsl:variable name="notes" as="element()*" select="$reading//tei:note[f:foot(.)]"/>
    <xsl:if test="exists($notes)">
      <section class="notes" role="doc-endnotes" aria-labelledby="notes:">
        <h2 id="notes:">Notes</h2>
        <ol>
          <xsl:for-each select="$notes">
            <li id="note:{accumulator-before('note')}">
              <div>
                <xsl:call-template name="common"/>
                <xsl:call-template name="blocks"/>
                <a class="back" href="#call:{accumulator-before('note')}" role="doc-backlink"
                    aria-label="Back to the text">↑</a>
              </div>
            </li>
          </xsl:for-each>
        </ol>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
