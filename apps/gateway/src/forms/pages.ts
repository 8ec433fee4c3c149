import type { FieldError } from '@headwater/contracts';
import { escapeHtml } from '@headwater/inlets';

const STYLE = [
  'body{font:16px/1.5 system-ui,sans-serif;max-width:36rem;margin:4rem auto;padding:0 1rem;color:#222}', 'label{display:block}',
  'input,select,textarea{width:100%;font:inherit}', 'input[type=checkbox]{width:auto}',
].join('');

/** The few pages that people see who have no script: self-contained, and with nothing of what they wrote. */
const page = (title: string, body: string): string => `<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="robots" content="noindex">
<title>${escapeHtml(title)}</title>
<style>${STYLE}</style>
</head>
<body>
<h1>${escapeHtml(title)}</h1>
${body}
</body>
</html>
`;

const paragraph = (text: string): string => `<p>${escapeHtml(text)}</p>`;

/** @param says what the form's owner wants to be said */
export const thanksPage = (says: string | null, isToBeConfirmed: boolean): string => page('Thank you', [
  says ?? 'We have received what you sent.', ...(isToBeConfirmed ? ['Please look into your mailbox: we have sent you a link to confirm it.'] : []),
].map(paragraph).join('\n'));

export const confirmedPage = (): string => page('Thank you', paragraph('Your address is confirmed.'));

/** @param errors what is to be corrected, by the form's own labels */
export function refusalPage(detail: string, errors: FieldError[] = []): string {
  const title = 'This did not work';
  if (errors.length === 0) return page(title, paragraph(detail));
  const list = errors.map((error) => `<li>${escapeHtml(error.detail)}</li>`).join('');
  return page(title, `<ul>${list}</ul>\n${paragraph('Please go back, correct it and send the form once more.')}`);
}

export const formPage = (name: string, form: string): string => page(name, form);

/** They run nothing and load nothing. */
export const PAGE_HEADERS = {
  'content-type': 'text/html; charset=utf-8', 'cache-control': 'no-store', 'x-content-type-options': 'nosniff', 'referrer-policy': 'no-referrer',
  'content-security-policy': "default-src 'none'; style-src 'unsafe-inline'; frame-ancestors 'none'",
} as const;
