import { pageText } from '../../domain/enrichment/page-text';
import { FILLABLE } from '../../domain/enrichment/lead-fields';
import { pageFacts } from '../../domain/enrichment/page-facts';
import { readPage } from '../../domain/enrichment/read-page';
import { WebsiteSettings } from '../../domain/enrichment/setup-document';
import { FetchError, type Fetched } from '../guarded-fetch';
import { ProviderError, type EnrichmentProvider, type Means } from './provider';

const TIME_MS = 8_000;
const LARGEST = 1_024 * 1_024;
const MOST_REDIRECTS = 5;
const HTML = /^(text\/html|application\/xhtml\+xml)\b/i;

type Asked = { domain: string };

/** The home page of the company's domain: what it says for machines, at its head, and where it leads. */
export const website: EnrichmentProvider<WebsiteSettings, Asked> = {
  kind: 'website',
  settings: WebsiteSettings,
  remembers: true,
  gives: () => FILLABLE.filter((field) => !NEVER_ON_A_PAGE.has(field)),
  question: ({ facts }) => (facts.company_domain ? { domain: facts.company_domain } : null),
  async ask({ domain }, { timeout_ms = TIME_MS }, means) {
    const found = await homePage(domain, performance.now() + timeout_ms, means);
    if (found === null || !HTML.test(found.contentType)) return [];
    return pageFacts(readPage(pageText(found.body, found.contentType)), { url: found.url, domain });
  },
};

const NEVER_ON_A_PAGE: ReadonlySet<string> = new Set(['job_title', 'annual_revenue']);

/** Over TLS first; the name with `www` only where the bare one is none. */
async function homePage(domain: string, until: number, means: Means): Promise<Fetched | null> {
  for (const host of [domain, `www.${domain}`]) {
    const found = await pageOf(host, until, means);
    if (found !== 'no_such_host') return found;
  }
  return null;
}

async function pageOf(host: string, until: number, means: Means): Promise<Fetched | null | 'no_such_host'> {
  for (const scheme of ['https', 'http']) {
    try {
      return pageIn(await means.pages.fetch({ url: `${scheme}://${host}/`, headers: headersOf(means) }, {
        timeoutMs: Math.max(1, until - performance.now()), maxBytes: LARGEST, maxRedirects: MOST_REDIRECTS,
      }, means.ended));
    } catch (error) {
      if (!(error instanceof FetchError)) throw error;
      if (error.code === 'no_such_host') return error.code;
      if (error.code !== 'unreachable' || scheme === 'http') throw ProviderError.ofFetch(error);
    }
  }
  return null;
}

const headersOf = ({ userAgent }: Means): Record<string, string> =>
  ({ 'user-agent': userAgent, accept: 'text/html,application/xhtml+xml', 'accept-language': 'en,*;q=0.5' });

/** A page that isn't there, or isn't shown to us, says nothing; a server in trouble may say something later. */
function pageIn(fetched: Fetched): Fetched | null {
  const { status } = fetched;
  if (status === 429 || status >= 500) throw new ProviderError(`status_${status}`, true);
  return status === 200 ? fetched : null;
}
