/**
 * What a service says of itself at the moment, as Prometheus would find it.
 * @param url of its HTTP server
 * @returns the value of the first series of that name with these labels; undefined when there is none
 */
export async function metric(url: string, name: string, labels: Record<string, string> = {}): Promise<number | undefined> {
  const response = await fetch(`${url}/metrics`);
  if (!response.ok) throw new Error(`${url}/metrics answered ${response.status}`);
  const series = (await response.text()).split('\n').find((line) => line.startsWith(`${name}{`)
    && Object.entries(labels).every(([label, text]) => line.includes(`${label}="${text}"`)));
  return series === undefined ? undefined : Number(series.split(' ').at(-1));
}
