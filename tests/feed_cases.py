"""Feeds, lists of feeds and sitemaps made by hand, for tests."""

from __future__ import annotations

LONG = " ".join(f"In the {n}th hour of the strike the dockers of Arden stood at gate {n}." for n in range(1, 12))

RSS = """<?xml version="1.0" encoding="utf-8"?>
<rss version="2.0" xmlns:content="http://purl.org/rss/1.0/modules/content/"
 xmlns:dc="http://purl.org/dc/elements/1.1/" xmlns:sy="http://purl.org/rss/1.0/modules/syndication/">
<channel><title>The Valley &amp; Coast Post</title><link>https://post.example/</link><ttl>30</ttl>
<skipHours><hour>1</hour><hour>2</hour></skipHours><skipDays><day>Sunday</day></skipDays>
<sy:updatePeriod>hourly</sy:updatePeriod><sy:updateFrequency>1</sy:updateFrequency>
<item><title>Dockers &lt;b&gt;march&lt;/b&gt;</title><link>/march?a=1&amp;b=2</link><guid isPermaLink="false">g1</guid>
<pubDate>Mon, 05 Feb 2024 10:00:00 +0100</pubDate><dc:creator>A. Writer</dc:creator></item>
<item><title>Gates shut</title><link>https://post.example/gates</link><guid>g2</guid>
<pubDate>Mon, 05 Feb 2024 11:00:00 XYZ</pubDate><description>At the gates...</description>
<content:encoded><![CDATA[<p>%s</p>]]></content:encoded></item>
<item><title>Gates shut, told again</title><link>https://post.example/gates</link><guid>g2</guid></item>
<item><title>Only words</title></item>
</channel></rss>
""".replace("%s", LONG)

ATOM = """<feed xmlns="http://www.w3.org/2005/Atom" xml:base="https://coast.example/news/"><title>Coast</title>
<entry><id>tag:coast.example,2024:1</id><title>Nets burnt</title><link href="nets"/>
<published>2024-02-05T10:00:00Z</published>
<updated>2024-02-06T10:00:00Z</updated><author>
<name>B. Writer</name><email>b@coast.example</email></author></entry></feed>"""

JSON_FEED = """{"version": "https://jsonfeed.org/version/1.1", "title": "Hill Radio",
"home_page_url": "https://hill.example/",
"items": [{"id": "1", "url": "/a", "title": "Teachers march", "date_published": "2024-02-05T10:00:00+02:00",
"authors": [{"name": "C. Writer"}]}, {"id": "https://hill.example/b"}]}"""

OPML = """<opml version="2.0"><head><title>Ours</title></head><body><outline text="Coast">
<outline type="rss" text="Zürich Post" xmlUrl="https://post.example/rss" htmlUrl="https://post.example/"/>
<outline type="rss" text="Coast" xmlUrl="https://coast.example/atom"/></outline></body></opml>"""

SITEMAP = """<?xml version="1.0" encoding="UTF-8"?>
<urlset xmlns="http://www.sitemaps.org/schemas/sitemap/0.9" xmlns:news="http://www.google.com/schemas/sitemap-news/0.9">
<url><loc>https://post.example/march</loc><lastmod>2024-02-06</lastmod><news:news><news:publication>
<news:name>The Valley Post</news:name><news:language>en</news:language></news:publication>
<news:publication_date>2024-02-05</news:publication_date><news:title>Dockers march</news:title></news:news></url>
<url><loc>https://post.example/about</loc></url></urlset>"""

INDEX = """<sitemapindex xmlns="http://www.sitemaps.org/schemas/sitemap/0.9">
<sitemap><loc>https://post.example/news.xml</loc><lastmod>2024-02-06T10:00:00Z</lastmod></sitemap>
<sitemap><loc>https://post.example/old.xml</loc><lastmod>2019-02-06</lastmod></sitemap></sitemapindex>"""
