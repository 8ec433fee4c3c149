import type { Answer } from './connector';
import { textOf } from './json';

const PARAMETERS: Readonly<Record<string, string>> = {
  utm_source: 'utm.source', utm_medium: 'utm.medium', utm_campaign: 'utm.campaign', utm_term: 'utm.term', utm_content: 'utm.content',
  gclid: 'click_ids.gclid', fbclid: 'click_ids.fbclid', msclkid: 'click_ids.msclkid', li_fat_id: 'click_ids.li_fat_id',
};

/** The page, and what its address tells of the campaign that led there. */
export function pageAnswers(address: unknown): Answer[] {
  const page = textOf(address);
  if (!page) return [];
  const query = page.includes('?') ? new URLSearchParams(page.slice(page.indexOf('?') + 1).replace(/#.*$/s, '')) : new URLSearchParams();
  return [
    { name: 'page_url', field: 'page_url', value: page },
    ...Object.entries(PARAMETERS).map(([name, field]): Answer => ({ name, field, value: query.get(name) ?? undefined })),
  ];
}

/** Members of a document that are named as the parameters of a page's address are. */
export const trackingAnswers = (document: Readonly<Record<string, unknown>>): Answer[] =>
  Object.entries(PARAMETERS).map(([name, field]) => ({ name, field, value: document[name] }));
