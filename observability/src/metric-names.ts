/**
 * The names of the metrics in a PromQL expression: what stands where neither a label, a function nor a word of the language does. Enough for
 * our own rules and dashboards, which a test shows; PromQL itself is parsed by Prometheus.
 */
export function metricNames(expr: string): string[] {
  const bare = expr
    .replaceAll(/"[^"]*"/g, '')
    .replaceAll(/\{[^}]*\}/g, ' ')
    .replaceAll(/\[[^\]]*\]/g, ' ')
    .replaceAll(/\b(by|without|on|ignoring|group_left|group_right)\s*\([^)]*\)/g, ' ');
  const names = [...bare.matchAll(/(?<![\w:.])[a-zA-Z_:][\w:]*(?!\s*\(|[\w:])/g)].map(([name]) => name);
  return [...new Set(names.filter((name) => !words.has(name)))];
}

const words = new Set(['and', 'or', 'unless', 'bool', 'offset', 'by', 'without', 'on', 'ignoring']);

/** The metric that a series belongs to: histograms and summaries have three kinds of series. */
export function familyOf(series: string): string {
  return series.replace(/_(bucket|sum|count)$/, '');
}
