<?xml version="1.0" encoding="UTF-8"?>
<!-- The wording as text.xsl has it, with each linked passage's translation below it, set in by four spaces. -->
<xsl:stylesheet version="3.0" exclude-result-prefixes="#all"
    xmlns:xsl="http://www.w3.org/1999/XSL/Transform" xmlns:xs="http://www.w3.org/2001/XMLSchema">

  <xsl:import href="text.xsl"/>

  <xsl:output method="text" encoding="UTF-8"/>

  <xsl:variable name="side-by-side" as="xs:boolean" select="true()"/>
</xsl:stylesheet>
