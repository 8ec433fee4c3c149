import type { FormSettings } from '@headwater/contracts';
import { isAtOrBelow, readPage } from './page-address';

/**
 * Where a browser is sent after its form. A wish (`retURL`) counts only within what the form's owner allows: else anybody could
 * make us send people anywhere.
 * @returns null for our own page
 */
export function redirectOf({ redirect_url, redirects }: FormSettings, wish: unknown): string | null {
  const page = typeof wish === 'string' ? readPage(wish.trim()) : null;
  const allowed = [...(redirects ?? []), ...(redirect_url ? [redirect_url] : [])].flatMap((text) => readPage(text) ?? []);
  if (page && allowed.some((root) => isAtOrBelow(page, root))) return page.href;
  return redirect_url ?? null;
}
