/** `key=value,other=value`, percent-encoded, as OpenTelemetry's variables have it; what is no pair is left out. */
export function readPairs(text = ''): Record<string, string> {
  const pairs = text.split(',').flatMap((part) => {
    const [key, ...value] = part.split('=');
    return key.trim() && value.length > 0 ? [[decoded(key.trim()), decoded(value.join('=').trim())]] : [];
  });
  return Object.fromEntries(pairs) as Record<string, string>;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
