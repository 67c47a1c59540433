"""What a person sees of a page, as functions for a browser: for the tests of the site, and for what measures it."""

from playwright.sync_api import Page

# The contrast of every element with text of its own that a selector finds, by WCAG 2, with what stands behind it.
CONTRASTS = """(selector) => {
    document.getAnimations().forEach((one) => one.cancel());  // a colour on its way to the scheme's is none of it
    const paint = document.createElement("canvas").getContext("2d", { willReadFrequently: true });
    const over = (colors) => {
        paint.clearRect(0, 0, 1, 1);
        for (const color of colors) { paint.fillStyle = color; paint.fillRect(0, 0, 1, 1); }
        return Array.from(paint.getImageData(0, 0, 1, 1).data).slice(0, 3);
    };
    const light = (color) => {
        const [r, g, b] = color.map((v) => (v /= 255) <= 0.04045 ? v / 12.92 : ((v + 0.055) / 1.055) ** 2.4);
        return 0.2126 * r + 0.7152 * g + 0.0722 * b;
    };
    const ratios = new Map(), found = [];
    const ratioOf = (behind, color) => {
        const key = [...behind, color].join();
        if (!ratios.has(key)) {
            const back = light(over(behind)), front = light(over([...behind, color]));
            ratios.set(key, (Math.max(front, back) + 0.05) / (Math.min(front, back) + 0.05));
        }
        return ratios.get(key);
    };
    for (const element of document.querySelectorAll(selector)) {
        if (!element.checkVisibility() || !element.textContent.trim()) continue;
        const behind = ["white"];
        for (let at = element; at; at = at.parentElement) behind.splice(1, 0, getComputedStyle(at).backgroundColor);
        const ratio = ratioOf(behind, getComputedStyle(element).color);
        found.push([element.className || element.tagName, Math.round(ratio * 100) / 100]);
    }
    return found;
}"""

# The lines of console blocks that a selector finds, of which a part lies beyond the block's right edge.
CUT = """(selector) => [...document.querySelectorAll(selector)].filter((line) => {
    if (!line.checkVisibility()) return false;
    const range = document.createRange();
    range.selectNodeContents(line);
    const edge = line.closest("code").getBoundingClientRect().right;
    return [...range.getClientRects()].some((box) => box.right > Math.min(edge, innerWidth) + 1);
}).map((line) => line.textContent)"""


def settle(tab: Page) -> None:
    """Waits for what scripts ask for once a page is there. That the network is silent, a browser may never say."""
    tab.wait_for_timeout(500)
