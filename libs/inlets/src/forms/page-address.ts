/** The address of a page that a browser may be sent to; null for what is none, or carries a password. */
export function readPage(text: string): URL | null {
  if (!/^https?:\/\//i.test(text) || !URL.canParse(text)) return null;
  const url = new URL(text);
  return url.username || url.password ? null : url;
}

/** Whether a page is another one or lies below it, on the same origin. Its query is its own. */
export function isAtOrBelow(page: URL, root: URL): boolean {
  if (page.origin !== root.origin) return false;
  return page.pathname === root.pathname || page.pathname.startsWith(root.pathname.endsWith('/') ? root.pathname : `${root.pathname}/`);
}

/** An origin as browsers send it, `https://www.acme.example`; null for what is none. */
export function readOrigin(text: string): string | null {
  const url = readPage(text);
  return url && url.pathname === '/' && !url.search && !url.hash ? url.origin : null;
}
