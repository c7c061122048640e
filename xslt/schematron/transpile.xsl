<?xml version="1.0" encoding="UTF-8"?>
<!--
  From ISO Schematron (ISO/IEC 19757-3) to XSLT: a schema in, a stylesheet out that lists the breaches of a document.

  The schema has no includes any more. The stylesheet made of it walks through a document once. Every rule is a
  template; of the rules of one pattern the first that matches a node counts (section 5.4.12), so that a template
  hands on, by next-match, the numbers of the patterns that have had their turn. Each breach says the number of the
  element that it is about, counted from 0 in the order of the document.
-->
<xsl:stylesheet version="3.0" xmlns:xsl="http://www.w3.org/1999/XSL/Transform"
                xmlns:out="http://www.w3.org/1999/XSL/Transform/alias"
                xmlns:sch="http://purl.oclc.org/dsdl/schematron"
                xmlns:sqf="http://www.schematron-quickfix.com/validator/process"
                xmlns:breach="urn:teipress:breaches" xmlns:xs="http://www.w3.org/2001/XMLSchema"
                xmlns:map="http://www.w3.org/2005/xpath-functions/map"
                exclude-result-prefixes="#all">

  <xsl:namespace-alias stylesheet-prefix="out" result-prefix="xsl"/>
  <xsl:output method="xml" encoding="UTF-8"/>

  <!-- The phase that is run; "" is the schema's own choice, "#ALL" every pattern. -->
  <xsl:param name="phase" as="xs:string" select="''"/>

  <xsl:variable name="schema" select="/sch:schema"/>
  <xsl:variable name="chosen" select="if ($phase != '') then $phase else string(($schema/@defaultPhase, '#ALL')[1])"/>
  <xsl:variable name="active" select="$schema/sch:phase[@id = $chosen]"/>
  <xsl:key name="by-id" match="*[@id]" use="@id"/>

  <xsl:template match="/">
    <xsl:if test="not($chosen = ('#ALL', '#DEFAULT')) and empty($active)">
      <xsl:sequence select="error((), concat('there is no phase ', $chosen))"/>
    </xsl:if>
    <xsl:variable name="patterns" as="element(sch:pattern)*">
      <xsl:apply-templates mode="concrete"
          select="$schema/sch:pattern[not(@abstract = 'true')]
                  [$chosen = ('#ALL', '#DEFAULT') or (@id = $active/sch:active/@pattern)]"/>
    </xsl:variable>
    <xsl:variable name="contexts" select="string-join($patterns/sch:rule/@context, ' ')"/>
    <out:stylesheet version="3.0" exclude-result-prefixes="#all">
      <xsl:namespace name="breach" select="'urn:teipress:breaches'"/>
      <xsl:namespace name="xs" select="'http://www.w3.org/2001/XMLSchema'"/>
      <xsl:for-each select="$schema/sch:ns[not(@prefix = ('breach', 'xs', 'xsl', 'xml'))]">
        <xsl:namespace name="{@prefix}" select="@uri"/>
      </xsl:for-each>
      <out:mode use-accumulators="#all"/>
      <out:mode name="breach:walk" on-multiple-match="use-last"/>
      <out:accumulator name="breach:number" as="xs:integer" initial-value="-1">
        <out:accumulator-rule match="*" select="$value + 1"/>
      </out:accumulator>
      <xsl:sequence select="$schema/xsl:*"/>
      <xsl:apply-templates select="$schema/sch:let, $active/sch:let" mode="variable"/>
      <xsl:apply-templates select="$patterns/sch:let[breach:alone(., $patterns)]" mode="variable"/>
      <out:template match="/">
        <breach:breaches><out:apply-templates select="." mode="breach:walk"/></breach:breaches>
      </out:template>
      <out:template match="/ | node() | @*" mode="breach:walk" priority="-9">
        <out:apply-templates select="{breach:steps($contexts)}" mode="breach:walk"/>
      </out:template>
      <xsl:variable name="count" select="count($patterns/sch:rule)"/>
      <xsl:for-each select="$patterns">
        <xsl:variable name="number" select="position()"/>
        <xsl:variable name="before" select="count($patterns[position() lt $number]/sch:rule)"/>
        <xsl:variable name="lets" select="sch:let[not(breach:alone(., $patterns))]"/>
        <xsl:for-each select="sch:rule[not(@abstract = 'true')]">
          <xsl:call-template name="rule">
            <xsl:with-param name="number" select="$number"/>
            <xsl:with-param name="priority" select="$count - $before - position() + 1"/>
            <xsl:with-param name="lets" select="$lets"/>
          </xsl:call-template>
        </xsl:for-each>
      </xsl:for-each>
    </out:stylesheet>
  </xsl:template>

  <!-- Where rules look: at elements, and at other nodes only where a context may be about them. -->
  <xsl:function name="breach:steps" as="xs:string">
    <xsl:param name="contexts" as="xs:string"/>
    <xsl:variable name="nodes" select="matches($contexts, '(text|node|comment|processing-instruction)\s*\(|(^|\s)\.')"/>
    <xsl:variable name="attributes" select="matches($contexts, '@|attribute|(^|\s)\.')"/>
    <xsl:sequence select="string-join((if ($attributes) then '@*' else (), if ($nodes) then 'node()' else '*'), ' | ')"/>
  </xsl:function>

  <!-- A let of a pattern whose name nothing else in the schema has may be worked out once for all. -->
  <xsl:function name="breach:alone" as="xs:boolean">
    <xsl:param name="let" as="element(sch:let)"/>
    <xsl:param name="patterns" as="element(sch:pattern)*"/>
    <xsl:sequence select="count(($patterns//sch:let, $schema/sch:let, $schema/sch:phase/sch:let)[@name = $let/@name]) = 1"/>
  </xsl:function>

  <!-- Abstract patterns, with their parameters filled in. -->
  <xsl:template match="sch:pattern" mode="concrete">
    <xsl:copy>
      <xsl:sequence select="@*, node()"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="sch:pattern[@is-a]" mode="concrete">
    <xsl:variable name="abstract" select="key('by-id', @is-a)[self::sch:pattern[@abstract = 'true']]"/>
    <xsl:if test="empty($abstract)">
      <xsl:sequence select="error((), concat('there is no abstract pattern ', @is-a))"/>
    </xsl:if>
    <xsl:variable name="values" as="map(*)"
        select="map:merge(($abstract[1]/sch:param, sch:param) ! map{string(@name): string(@value)}, map{'duplicates': 'use-last'})"/>
    <xsl:copy>
      <xsl:sequence select="@* except @is-a"/>
      <xsl:apply-templates select="$abstract[1]/node(), sch:let" mode="filled">
        <xsl:with-param name="values" select="$values" tunnel="yes"/>
      </xsl:apply-templates>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="node()" mode="filled">
    <xsl:copy>
      <xsl:apply-templates select="@*, node()" mode="filled"/>
    </xsl:copy>
  </xsl:template>

  <xsl:template match="@*" mode="filled">
    <xsl:param name="values" as="map(*)" tunnel="yes"/>
    <xsl:attribute name="{name()}" namespace="{namespace-uri()}">
      <xsl:analyze-string select="." regex="\$([\i-[:]][\c-[:]]*)">
        <xsl:matching-substring>
          <xsl:value-of select="($values(regex-group(1)), .)[1]"/>
        </xsl:matching-substring>
        <xsl:non-matching-substring><xsl:value-of select="."/></xsl:non-matching-substring>
      </xsl:analyze-string>
    </xsl:attribute>
  </xsl:template>

  <xsl:template name="rule">
    <xsl:param name="number" as="xs:integer"/>
    <xsl:param name="priority" as="xs:integer"/>
    <xsl:param name="lets" as="element(sch:let)*"/>
    <out:template match="{@context}" mode="breach:walk" priority="{$priority}">
      <out:param name="breach:done" as="xs:integer*" select="()"/>
      <out:if test="not($breach:done = {$number})">
        <xsl:apply-templates select="$lets" mode="from-root"/>
        <xsl:apply-templates select="." mode="body">
          <xsl:with-param name="rule" select="." tunnel="yes"/>
        </xsl:apply-templates>
      </out:if>
      <out:next-match>
        <out:with-param name="breach:done" select="$breach:done, {$number}"/>
      </out:next-match>
    </out:template>
  </xsl:template>

  <!-- What a rule holds, with what it takes over from abstract rules. -->
  <xsl:template match="sch:rule" mode="body">
    <xsl:param name="seen" as="xs:string*" select="()"/>
    <xsl:for-each select="*">
      <xsl:choose>
        <xsl:when test="self::sch:extends">
          <xsl:variable name="name" select="string(@rule)"/>
          <xsl:variable name="taken"
              select="(ancestor::sch:pattern[1]//sch:rule[@id = $name], key('by-id', $name, $schema/root())[self::sch:rule])[1]"/>
          <xsl:if test="empty($taken) or $name = $seen">
            <xsl:sequence select="error((), concat('there is no rule ', $name, ' to extend, or it extends itself'))"/>
          </xsl:if>
          <xsl:apply-templates select="$taken" mode="body">
            <xsl:with-param name="seen" select="$seen, $name"/>
          </xsl:apply-templates>
        </xsl:when>
        <xsl:when test="self::sch:let"><xsl:apply-templates select="." mode="variable"/></xsl:when>
        <xsl:when test="self::sch:assert | self::sch:report"><xsl:apply-templates select="." mode="test"/></xsl:when>
        <xsl:when test="self::xsl:*"><xsl:sequence select="."/></xsl:when>
      </xsl:choose>
    </xsl:for-each>
  </xsl:template>

  <xsl:template match="sch:let" mode="variable">
    <out:variable name="{@name}">
      <xsl:sequence select="@as"/>
      <xsl:choose>
        <xsl:when test="@value"><xsl:attribute name="select" select="@value"/></xsl:when>
        <xsl:otherwise><xsl:sequence select="node()"/></xsl:otherwise>
      </xsl:choose>
    </out:variable>
  </xsl:template>

  <xsl:template match="sch:let" mode="from-root">
    <out:variable name="{@name}" select="root() ! ({(@value, '()')[1]})">
      <xsl:sequence select="@as"/>
    </out:variable>
  </xsl:template>

  <xsl:template match="sch:assert | sch:report" mode="test">
    <xsl:param name="rule" as="element(sch:rule)" tunnel="yes"/>
    <xsl:variable name="pattern" select="$rule/.."/>
    <out:if test="{if (self::sch:assert) then concat('not(', @test, ')') else @test}">
      <breach:breach>
        <out:variable name="breach:place" select="(({(@subject, $rule/@subject, '.')[1]})/ancestor-or-self::*)[last()]"/>
        <out:attribute name="number" select="if ($breach:place) then $breach:place/accumulator-before('breach:number') else 0"/>
        <xsl:call-template name="said"><xsl:with-param name="name" select="'pattern'"/><xsl:with-param name="value" select="$pattern/@id"/></xsl:call-template>
        <xsl:call-template name="said"><xsl:with-param name="name" select="'test'"/><xsl:with-param name="value" select="@id"/></xsl:call-template>
        <xsl:call-template name="said">
          <xsl:with-param name="name" select="'role'"/>
          <xsl:with-param name="value" select="(@severity, @role, $rule/@role, $pattern/@role, @flag)[1]"/>
        </xsl:call-template>
        <breach:message><xsl:apply-templates mode="words"/></breach:message>
        <xsl:for-each select="tokenize(@diagnostics)">
          <breach:remedy><xsl:apply-templates select="key('by-id', ., $schema/root())/self::sch:diagnostic[1]/node()" mode="words"/></breach:remedy>
        </xsl:for-each>
        <xsl:for-each select="tokenize(@sqf:fix)">
          <xsl:variable name="fix" select="key('by-id', ., $schema/root())[self::sqf:fix or self::sqf:group]"/>
          <xsl:for-each select="$fix/descendant-or-self::sqf:fix/sqf:description/sqf:title">
            <breach:remedy><xsl:apply-templates mode="words"/></breach:remedy>
          </xsl:for-each>
        </xsl:for-each>
        <xsl:if test="@see">
          <breach:remedy><out:text>see <xsl:value-of select="@see"/></out:text></breach:remedy>
        </xsl:if>
        <xsl:for-each select="tokenize(@properties)">
          <xsl:variable name="property" select="key('by-id', ., $schema/root())/self::sch:property[1]"/>
          <breach:property>
            <xsl:call-template name="said"><xsl:with-param name="name" select="'name'"/><xsl:with-param name="value" select="($property/@role, .)[1]"/></xsl:call-template>
            <xsl:apply-templates select="$property/node()" mode="words"/>
          </breach:property>
        </xsl:for-each>
      </breach:breach>
    </out:if>
  </xsl:template>

  <xsl:template name="said">
    <xsl:param name="name" as="xs:string"/>
    <xsl:param name="value"/>
    <out:attribute name="{$name}"><out:text><xsl:value-of select="$value"/></out:text></out:attribute>
  </xsl:template>

  <xsl:template match="text()" mode="words"><out:text><xsl:value-of select="."/></out:text></xsl:template>
  <xsl:template match="sch:value-of" mode="words"><out:value-of select="{@select}" separator=" "/></xsl:template>
  <xsl:template match="sch:name" mode="words"><out:value-of select="{if (@path) then concat('(', @path, ')/name()') else 'name()'}"/></xsl:template>
  <xsl:template match="xsl:*" mode="words"><xsl:sequence select="."/></xsl:template>
  <xsl:template match="*" mode="words"><xsl:apply-templates mode="words"/></xsl:template>
  <xsl:template match="comment() | processing-instruction()" mode="words"/>

</xsl:stylesheet>
