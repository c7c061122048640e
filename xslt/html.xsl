<?xml version="1.0" encoding="UTF-8"?>
<!-- The web pages of an edition: a page for each text, the registers, the list of texts, and how it was made.
     They need no server and no script. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all" expand-text="yes"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema"
    xmlns:array="http://www.w3.org/2005/xpath-functions/array"
    xmlns:f="urn:teipress:functions" xmlns:r="urn:teipress:reading" xmlns:tei="http://www.tei-c.org/ns/1.0">

  <xsl:include href="lib/reading.xsl"/>
  <xsl:include href="lib/registers.xsl"/>
  <xsl:include href="lib/html-text.xsl"/>
  <xsl:include href="lib/html-registers.xsl"/>

  <xsl:output method="html" html-version="5" encoding="UTF-8" indent="no" include-content-type="no"/>

  <xsl:template name="pages" as="xs:string*">
    <xsl:sequence select="$texts?* ! (f:name(.) || '.html'), $kinds?page, 'index.html', 'about.html'"/>
  </xsl:template>

  <xsl:template name="page" as="document-node()">
    <xsl:param name="page" as="xs:string"/>
    <xsl:variable name="text" as="document-node()?" select="$text-called(replace($page, '\.html$', ''))"/>
    <xsl:choose>
      <xsl:when test="$page = 'index.html'"><xsl:call-template name="index"/></xsl:when>
      <xsl:when test="$page = 'about.html'"><xsl:call-template name="about"/></xsl:when>
      <xsl:when test="$page = $kinds?page">
        <xsl:call-template name="register"><xsl:with-param name="kind" select="$kinds[?page = $page]"/></xsl:call-template>
      </xsl:when>
      <xsl:otherwise>
        <xsl:call-template name="text"><xsl:with-param name="text" select="$text"/></xsl:call-template>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:template>

  <!-- The frame of every page -->

  <xsl:template name="frame" as="document-node()">
    <xsl:param name="page" as="xs:string"/>
    <xsl:param name="title" as="xs:string"/>
    <xsl:param name="description" as="xs:string?"/>
    <xsl:param name="main" as="element()+"/>
    <xsl:document>
      <html lang="en">
        <head>
          <meta charset="UTF-8"/>
          <meta name="viewport" content="width=device-width, initial-scale=1"/>
          <title>{string-join(distinct-values(($title, $edition?title)), ' – ')}</title>
          <xsl:if test="normalize-space($description)">
            <meta name="description" content="{normalize-space($description)}"/>
          </xsl:if>
          <link rel="stylesheet" href="html.css"/>
        </head>
        <body>
          <a class="skip" href="#main:">Skip to the text</a>
          <header class="site">
            <a class="edition" href="index.html">{$edition?title}</a>
            <nav aria-label="Edition">
              <ul>
                <xsl:sequence select="f:tab('index.html', 'Texts', $page)"/>
                <xsl:sequence select="$kinds ! f:tab(?page, ?title, $page)"/>
                <xsl:sequence select="f:tab('about.html', 'About', $page)"/>
              </ul>
            </nav>
          </header>
          <main id="main:"><xsl:sequence select="$main"/></main>
          <footer class="site">
            <p><xsl:sequence select="f:colophon()"/></p>
          </footer>
        </body>
      </html>
    </xsl:document>
  </xsl:template>

  <xsl:function name="f:tab" as="element(li)">
    <xsl:param name="href" as="xs:string"/>
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="page" as="xs:string"/>
    <li>
      <a href="{$href}"><xsl:if test="$href = $page"><xsl:attribute name="aria-current" select="'page'"/></xsl:if>{$label}</a>
    </li>
  </xsl:function>

  <xsl:function name="f:colophon" as="xs:string">
    <xsl:variable name="editors" as="xs:string*" select="$edition?editors?*"/>
    <xsl:sequence select="string-join(($edition?title, f:listed($editors)[.] ! ('edited by ' || .),
        string($edition?publisher)[.]), ', ') || '.'"/>
  </xsl:function>

  <!-- A text -->

  <xsl:template name="text" as="document-node()">
    <xsl:param name="text" as="document-node()"/>
    <xsl:call-template name="frame">
      <xsl:with-param name="page" select="f:name($text) || '.html'"/>
      <xsl:with-param name="title" select="f:title($text)"/>
      <xsl:with-param name="description" select="(f:summary($text) ! normalize-space(), f:by($text))[1]"/>
      <xsl:with-param name="main" as="element()+">
        <xsl:variable name="reading" as="element()" select="f:reading($text, true())"/>
        <article lang="{f:main-language($text)}">
          <header lang="en">
            <h1 lang="{f:main-language($text)}">
              <xsl:call-template name="title"><xsl:with-param name="text" select="$text"/><xsl:with-param name="reading" select="$reading"/></xsl:call-template>
            </h1>
            <xsl:call-template name="metadata"><xsl:with-param name="text" select="$text"/></xsl:call-template>
          </header>
          <div class="reading">
            <xsl:apply-templates select="$reading/*" mode="html"><xsl:with-param name="here" select="$text" tunnel="yes"/></xsl:apply-templates>
          </div>
          <xsl:call-template name="notes">
            <xsl:with-param name="reading" select="$reading"/>
            <xsl:with-param name="here" select="$text" tunnel="yes"/>
          </xsl:call-template>
          <xsl:call-template name="own-register"><xsl:with-param name="text" select="$text"/></xsl:call-template>
        </article>
        <xsl:call-template name="neighbours"><xsl:with-param name="text" select="$text"/></xsl:call-template>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <!-- The heading of the text itself where it says the same, for its words are the source's. -->
  <xsl:template name="title" as="node()*">
    <xsl:param name="text" as="document-node()"/>
    <xsl:param name="reading" as="element()"/>
    <xsl:variable name="head" as="element()?" select="$reading/descendant::*[@r:title][1]"/>
    <xsl:apply-templates select="$head/node()" mode="html"><xsl:with-param name="here" select="$text" tunnel="yes"/></xsl:apply-templates>
    <xsl:value-of select="f:title($text)[empty($head)]"/>
  </xsl:template>

  <xsl:template name="metadata" as="element()+">
    <xsl:param name="text" as="document-node()"/>
    <xsl:variable name="sent" as="element()?" select="f:action($text, 'sent')"/>
    <xsl:variable name="received" as="element()?" select="f:action($text, 'received')"/>
    <xsl:if test="f:subtitle($text)"><p class="subtitle">{f:said(f:subtitle($text))}</p></xsl:if>
    <dl class="metadata">
      <xsl:sequence select="f:fact('From', f:correspondents($sent), $text)"/>
      <xsl:sequence select="f:fact('Author', f:authors($text)[empty(f:correspondents($sent))], $text)"/>
      <xsl:sequence select="f:fact('To', f:correspondents($received), $text)"/>
      <xsl:sequence select="f:fact('Date', f:date($text), $text)"/>
      <xsl:sequence select="f:fact('Place', f:place($text), $text)"/>
      <xsl:sequence select="f:fact('Source', f:sources($text), $text)"/>
      <xsl:sequence select="f:fact('Licence', f:licence($text), $text)"/>
      <xsl:sequence select="f:fact('Status', f:status($text), $text)"/>
      <xsl:sequence select="f:fact('Summary', f:summary($text), $text)"/>
    </dl>
    <xsl:call-template name="downloads"><xsl:with-param name="text" select="$text"/></xsl:call-template>
  </xsl:template>

  <!-- One line of the metadata; nothing is said of what nobody knows. -->
  <xsl:function name="f:fact" as="element()*">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="values" as="item()*"/>
    <xsl:param name="text" as="document-node()"/>
    <xsl:if test="exists($values)">
      <div>
        <dt>{$label}</dt>
        <xsl:for-each select="$values"><dd><xsl:sequence select="f:value(., $text)"/></dd></xsl:for-each>
      </div>
    </xsl:if>
  </xsl:function>

  <xsl:function name="f:value" as="node()*">
    <xsl:param name="value" as="item()"/>
    <xsl:param name="text" as="document-node()"/>
    <xsl:choose>
      <xsl:when test="$value instance of xs:anyAtomicType">
        <xsl:variable name="address" as="xs:string?" select="f:web-address(string($value))"/>
        <xsl:for-each select="$address"><a href="{.}">{.}</a></xsl:for-each>
        <xsl:value-of select="$value[empty($address)]"/>
      </xsl:when>
      <xsl:when test="$value instance of element(tei:licence) and f:web-address($value/@target)">
        <a href="{f:web-address($value/@target)}">{(normalize-space($value)[.], $value/@target)[1]}</a>
      </xsl:when>
      <xsl:when test="$value instance of element(tei:date) or $value/(self::tei:persName | self::tei:orgName | self::tei:placeName)">
        <xsl:apply-templates select="f:settled($value)" mode="html"><xsl:with-param name="here" select="$text" tunnel="yes"/></xsl:apply-templates>
      </xsl:when>
      <xsl:when test="$value/* and not($value/text()[normalize-space()])">
        <xsl:value-of select="f:said($value)"/>
      </xsl:when>
      <xsl:otherwise>
        <xsl:apply-templates select="f:settled($value/node())" mode="words"><xsl:with-param name="here" select="$text" tunnel="yes"/></xsl:apply-templates>
      </xsl:otherwise>
    </xsl:choose>
  </xsl:function>

  <!-- Headers nest blocks where a line of metadata has room for words only; what has no words between its parts is
       told in f:said. -->
  <xsl:mode name="words" on-no-match="shallow-skip"/>
  <xsl:template match="text()" mode="words" as="text()"><xsl:value-of select="."/></xsl:template>
  <xsl:template match="tei:idno[parent::tei:author or parent::tei:editor]" mode="words"/>
  <xsl:template match="tei:title | tei:hi | tei:date | tei:ref | tei:foreign | tei:persName | tei:placeName | tei:orgName"
      mode="words" as="node()*"><xsl:apply-templates select="." mode="html"/></xsl:template>

  <xsl:template name="downloads" as="element(p)">
    <xsl:param name="text" as="document-node()"/>
    <xsl:variable name="name" as="xs:string" select="f:name($text)"/>
    <xsl:variable name="files" as="xs:string*" select="$edition?files?*"/>
    <p class="downloads">
      <a href="tei/{encode-for-uri($name)}.xml" download="">TEI</a>
      <xsl:if test="'text/' || $name || '.txt' = $files">
        <xsl:text> </xsl:text><a href="../text/{encode-for-uri($name)}.txt">Plain text</a>
      </xsl:if>
      <xsl:if test="'print/' || $name || '.pdf' = $files">
        <xsl:text> </xsl:text><a href="../print/{encode-for-uri($name)}.pdf">PDF</a>
      </xsl:if>
    </p>
  </xsl:template>

  <xsl:template name="neighbours" as="element(nav)?">
    <xsl:param name="text" as="document-node()"/>
    <xsl:variable name="all" as="document-node()*" select="$texts?*"/>
    <xsl:variable name="place" as="xs:integer?" select="for $n in 1 to count($all) return $n[$all[$n] is $text]"/>
    <xsl:if test="count($all) gt 1">
      <nav class="neighbours" aria-label="Neighbouring texts">
        <xsl:for-each select="$all[$place - 1]"><a rel="prev" href="{f:page(.)}">← {f:title(.)}</a></xsl:for-each>
        <xsl:for-each select="$all[$place + 1]"><a rel="next" href="{f:page(.)}">{f:title(.)} →</a></xsl:for-each>
      </nav>
    </xsl:if>
  </xsl:template>

  <!-- The list of texts -->

  <xsl:template name="index" as="document-node()">
    <xsl:call-template name="frame">
      <xsl:with-param name="page" select="'index.html'"/>
      <xsl:with-param name="title" select="string($edition?title)"/>
      <xsl:with-param name="main" as="element()+">
        <h1>{$edition?title}</h1>
        <ol class="texts">
          <xsl:for-each select="$texts?*">
            <li>
              <h2><a href="{f:page(.)}" lang="{f:main-language(.)}">{f:title(.)}</a></h2>
              <p class="facts">{string-join((f:date-in-words(f:date(.)), (f:by(.), f:sources(.)[1] ! f:said(.))[1]), ' · ')}</p>
              <xsl:for-each select="f:summary(.)"><p>{normalize-space()}</p></xsl:for-each>
            </li>
          </xsl:for-each>
        </ol>
        <xsl:call-template name="ways-in"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="ways-in" as="element(ul)">
    <ul class="ways-in">
      <xsl:for-each select="$kinds">
        <li><a href="{?page}">{?title}</a> <span class="count">{count(f:entries(?kind))}</span></li>
      </xsl:for-each>
      <li><a href="about.html">How this edition was made</a></li>
    </ul>
  </xsl:template>

  <!-- How it was made -->

  <xsl:template name="about" as="document-node()">
    <xsl:call-template name="frame">
      <xsl:with-param name="page" select="'about.html'"/>
      <xsl:with-param name="title" select="'How this edition was made'"/>
      <xsl:with-param name="main" as="element()+">
        <h1>How this edition was made</h1>
        <xsl:call-template name="responsibility"/>
        <xsl:call-template name="practice"/>
        <xsl:call-template name="signs"/>
        <xsl:call-template name="history"/>
      </xsl:with-param>
    </xsl:call-template>
  </xsl:template>

  <xsl:template name="responsibility" as="element(section)">
    <section>
      <h2>The edition</h2>
      <dl class="metadata">
        <xsl:sequence select="f:row('Title', $edition?title)"/>
        <xsl:sequence select="f:row('Editors', $edition?editors?*)"/>
        <xsl:sequence select="f:row('Publisher', $edition?publisher)"/>
        <xsl:sequence select="f:row('Licence', $edition?licence[not(. = 'unknown')])"/>
        <xsl:sequence select="f:row('Texts', string(count($texts?*)))"/>
        <xsl:sequence select="f:row('Proposals', f:proposals())"/>
      </dl>
    </section>
  </xsl:template>

  <xsl:function name="f:row" as="element()?">
    <xsl:param name="label" as="xs:string"/>
    <xsl:param name="values" as="xs:string*"/>
    <xsl:if test="exists($values[.])">
      <div><dt>{$label}</dt><xsl:for-each select="$values[.]"><dd>{.}</dd></xsl:for-each></div>
    </xsl:if>
  </xsl:function>

  <!-- How much of the encoding no person has looked at yet. -->
  <xsl:function name="f:proposals" as="xs:string?">
    <xsl:variable name="made" as="xs:integer" select="count($texts?*//tei:text//*[@resp = '#teipress'])"/>
    <xsl:sequence
        select="($made || ' names, dates and other elements were encoded by the machine and await review.')[$made gt 0]"/>
  </xsl:function>

  <!-- What the headers say of editorial practice; what several say in the same words is said once, and of which texts
       it holds where it does not hold of all. -->
  <xsl:template name="practice" as="element(section)?">
    <xsl:variable name="said" as="element()*" select="$texts?*/*/tei:teiHeader/tei:encodingDesc/(tei:projectDesc | tei:editorialDecl
        | tei:samplingDecl)//tei:p[normalize-space()][not(normalize-space() = 'Not stated.')]"/>
    <xsl:if test="exists($said)">
      <section>
        <h2>Editorial practice</h2>
        <xsl:for-each-group select="$said" group-by="normalize-space()">
          <xsl:sort select="count(current-group()/root()) lt array:size($texts)"/>
          <xsl:variable name="those" as="document-node()*" select="current-group()/root()"/>
          <p>{current-grouping-key()}<xsl:if test="count($those) lt array:size($texts)"><xsl:text> </xsl:text><xsl:sequence select="f:of($those)"/></xsl:if></p>
        </xsl:for-each-group>
      </section>
    </xsl:if>
  </xsl:template>

  <!-- Of which texts something holds: by their titles, or by their number where they are many. -->
  <xsl:function name="f:of" as="element(span)">
    <xsl:param name="those" as="document-node()+"/>
    <span class="of">
      <xsl:choose>
        <xsl:when test="count($those) gt 5">So in {count($those)} of the {array:size($texts)} texts.</xsl:when>
        <xsl:otherwise>
          <xsl:text>So in </xsl:text>
          <xsl:for-each select="$those">
            <a href="{f:page(.)}" lang="{f:main-language(.)}">{f:title(.)}</a>
            <xsl:value-of select="if (position() lt last()) then '; ' else '.'"/>
          </xsl:for-each>
        </xsl:otherwise>
      </xsl:choose>
    </span>
  </xsl:function>

  <xsl:template name="signs" as="element(section)">
    <section>
      <h2>Signs</h2>
      <dl class="signs">
        <div>
          <dt><span class="name person">person</span></dt><dd>the name of a person, which leads to the register</dd>
        </div>
        <div><dt><span class="name place">place</span></dt><dd>the name of a place</dd></div>
        <div><dt><span class="name org">organisation</span></dt><dd>the name of an organisation</dd></div>
        <div>
          <dt><span class="name person unsure">uncertain</span></dt><dd>a name encoded with low or medium certainty</dd>
        </div>
        <div>
          <dt><span class="corr" title="corrected from: wrod">word</span></dt><dd>corrected; what stood there is shown on pointing</dd>
        </div>
        <div>
          <dt><span>wrod <span class="recte">[<i>recte</i> word]</span></span></dt><dd>an error of the source, left as it stands, and its correction</dd>
        </div>
        <div><dt>[ ]</dt><dd>added by an editor; brackets that the source prints are shown as they stand</dd></div>
        <div>
          <dt><span class="signs-n">12</span></dt><dd>the number of a paragraph, and a link that leads to it</dd>
        </div>
      </dl>
    </section>
  </xsl:template>

  <xsl:template name="history" as="element(section)?">
    <xsl:variable name="histories" as="document-node()*"
        select="$texts?*[.//tei:revisionDesc//tei:change[normalize-space()]]"/>
    <xsl:if test="exists($histories)">
      <section>
        <h2>History</h2>
        <xsl:for-each select="$histories">
          <h3><a href="{f:page(.)}">{f:title(.)}</a></h3>
          <ul class="history">
            <xsl:for-each select=".//tei:revisionDesc//tei:change[normalize-space()]">
              <li>{string-join((@when ! f:spoken(.), normalize-space()), ': ')}</li>
            </xsl:for-each>
          </ul>
        </xsl:for-each>
      </section>
    </xsl:if>
  </xsl:template>
</xsl:stylesheet>
