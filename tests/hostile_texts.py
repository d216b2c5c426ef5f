"""Texts that reports and people may bring, each made to run, to load or to mislead where it is not shown as text.

Whatever element one of them makes has ``data-hostile``; whatever one of them runs counts up ``window.hostile``.
"""

from __future__ import annotations

RUN = "window.hostile=(window.hostile||0)+1"

MARKUP = (
    f"<script data-hostile>{RUN}</script>",
    f"<img data-hostile src=x onerror={RUN}>",
    f"<svg data-hostile onload={RUN}><script>{RUN}</script></svg>",
    f"<svg data-hostile><animate onbegin={RUN} attributeName=x dur=1s></svg>",
    f"<math data-hostile><mtext><style><img src=x onerror={RUN}></style></mtext></math>",
    f'<a data-hostile href="javascript:{RUN}">here</a>',
    f'<iframe data-hostile srcdoc="<script>parent.{RUN}</script>"></iframe>',
    f"<body data-hostile onload={RUN}><details open ontoggle={RUN}>",
    f"<input data-hostile autofocus onfocus={RUN}>",
    '<meta data-hostile http-equiv="refresh" content="0; url=http://hostile.example/">',
    '<base data-hostile href="http://hostile.example/">',
    '<link data-hostile rel="stylesheet" href="http://hostile.example/a.css">',
    "<style data-hostile>body { display: none } * { background: url(http://hostile.example/b) }</style>",
    '<form data-hostile action="http://hostile.example/"><button>Accept</button></form>',
    '<div data-hostile hx-get="/logout" hx-trigger="load" hx-on:click="x"></div>',
    '<hx-partial data-hostile hx-target="body">gone</hx-partial>',
    f"</script></style></textarea></title></template><script data-hostile>{RUN}</script>",
    f"'\"><img data-hostile src=x onerror={RUN}>",
    f'" autofocus onfocus={RUN} data-hostile x="',
    f"' onmouseover='{RUN}' data-hostile='",
    f"<!--<img data-hostile src=--><img data-hostile src=x onerror={RUN}>-->",
    "&lt;script data-hostile&gt;alert(1)&lt;/script&gt;",
    f"<template data-hostile shadowrootmode=open><script>{RUN}</script></template>",
    "]]><x data-hostile>",
)
TEMPLATES = (
    "{{ 6*7000001 }} {% for x in (1,) %}{{ 6*7000001 }}{% endfor %} ${6*7000001} #{6*7000001} <%= 6*7000001 %>",
    "{{ request.app.state.guard.door }} {{ person.__class__.__mro__ }}",
)
SIGNS = (
    "\u202eetalpmet a ton si siht\u202c \u2066isolated \u2067twice",
    "\x00\x1b[2J\x07\x7f\x85 controls \ufeff \u2028 lines \u2029 parts",
    "العربية עברית 日本語 🏴\u200d☠️ e\u0301\u0301\u0301\u0301",
    "=HYPERLINK(1) +1 -1 @SUM(1) '",
    "w" * 3000,
)
ALL = (*MARKUP, *TEMPLATES, *SIGNS)
