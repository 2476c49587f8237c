// What is wrong with the page as it is laid out now, as lines: boxes that leave the screen, text that is cut or leaves its
// box, and words or controls that lie on each other. `isPrint` is whether it is shown as it prints, where nothing scrolls.
const width = document.documentElement.clientWidth;
const found = new Set();
// Styles are asked for once an element: a page has thousands of lines.
const memory = (of) => {
    const known = new Map();
    return (element) => {
        if (!known.has(element)) known.set(element, of(element));
        return known.get(element);
    };
};
const styleOf = memory((element) => getComputedStyle(element));
// What is there for screen readers alone is clipped to nothing.
const isClipped = memory((element) =>
    styleOf(element).clipPath !== 'none' || Boolean(element.parentElement && isClipped(element.parentElement)));
const isShown = memory((element) =>
    element.checkVisibility({visibilityProperty: true, opacityProperty: true}) &&
    !element.closest('svg, option') && !isClipped(element));
const named = (element) => {
    const name = element.id ? `#${element.id}` : [...element.classList].map((name) => `.${name}`).join('');
    return `${element.tagName.toLowerCase()}${name}`;
};
const words = (text) => text.trim().replace(/\s+/g, ' ').slice(0, 40);
const scrolls = memory((element) => /auto|scroll/.test(styleOf(element).overflowX));
const scrollerOf = memory((element) => {
    const above = element.parentElement;
    if (!above || above === document.body) return null;
    return scrolls(above) ? above : scrollerOf(above);
});
const inScroller = (element) => scrollerOf(element) !== null;

const all = [...document.body.querySelectorAll('*')].filter(isShown);
for (const element of all) {
    const box = element.getBoundingClientRect();
    if (box.width === 0 || box.height === 0) continue;
    if (!inScroller(element) && (box.right > width + 1 || box.left < -1)) {
        found.add(`leaves the screen: ${named(element)} ${Math.round(box.left)} to ${Math.round(box.right)} of ${width}`);
    }
    const style = styleOf(element);
    const cuts = isPrint ? /hidden|clip|auto|scroll/ : /hidden|clip/;
    const isField = element.matches('input, textarea, select');
    const isCut = (cuts.test(style.overflowX) && element.scrollWidth > element.clientWidth + 1)
        || (cuts.test(style.overflowY) && element.scrollHeight > element.clientHeight + 1);
    if (isCut && !isField && style.display !== 'inline' && element.textContent.trim()) {
        found.add(`cut: ${named(element)} “${words(element.textContent)}”`);
    }
}

const texts = [];
const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const parent = node.parentElement;
    if (!node.data.trim() || !isShown(parent) || parent.closest('textarea, script, style, noscript')) continue;
    let box = parent;
    while (/^inline$|contents/.test(styleOf(box).display)) box = box.parentElement;
    const bounds = box.getBoundingClientRect();
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const rect of range.getClientRects()) {
        if (rect.width < 1 || rect.height < 1) continue;
        if (!scrolls(box) && (rect.right > bounds.right + 1 || rect.left < bounds.left - 1)) {
            found.add(`leaves its box: “${words(node.data)}” in ${named(box)}`);
        }
        if (!inScroller(parent) && !scrolls(parent)) texts.push({node, rect});
    }
}

const meet = (one, other) => ({
    across: Math.min(one.right, other.right) - Math.max(one.left, other.left),
    down: Math.min(one.bottom, other.bottom) - Math.max(one.top, other.top),
});
// From above to below: who begins below the end of one meets it no more.
texts.sort((one, other) => one.rect.top - other.rect.top);
texts.forEach((one, index) => {
    for (let at = index + 1; at < texts.length && texts[at].rect.top < one.rect.bottom; at += 1) {
        const other = texts[at];
        if (one.node === other.node) continue;
        const {across, down} = meet(one.rect, other.rect);
        // Lines that are set close touch each other's room for what hangs below a line.
        if (across > 2 && down > 0.4 * Math.min(one.rect.height, other.rect.height)) {
            found.add(`overlap: “${words(one.node.data)}” and “${words(other.node.data)}”`);
        }
    }
});
const controls = all.filter((element) => element.matches('a, button, input, select, textarea, summary'));
controls.forEach((one, index) => {
    for (const other of controls.slice(index + 1)) {
        if (one.contains(other) || other.contains(one)) continue;
        // What is scrolled away is cut there, and lies on nothing.
        if (scrollerOf(one) !== scrollerOf(other)) continue;
        // A link may have a box on each of several lines.
        const isOver = [...one.getClientRects()].some((box) => [...other.getClientRects()].some((its) => {
            const {across, down} = meet(box, its);
            return across > 2 && down > 2;
        }));
        if (isOver) found.add(`overlap: ${named(one)} and ${named(other)}`);
    }
});
return [...found];
