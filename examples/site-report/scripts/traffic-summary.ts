// Mails the team what happened on the site in the last week of the log.

const { lastDay, malformed } = await analytics.importReport();
if (lastDay === null) {
  return { mailed: false, reason: "the log is empty" };
}

const to = lastDay;
const from = new Date(Date.parse(to) - 6 * 86_400_000).toISOString().slice(0, 10);
const period = { from, to };

const [days, summary, pages, sources, broken] = await Promise.all([
  analytics.dailyViews({ since: from, days: 7 }),
  analytics.summary({ period }),
  analytics.topPages({ period, limit: 5 }),
  analytics.referrers({ period, ownHost: "www.example.com", limit: 5 }),
  analytics.failedPaths({ period, audience: "people", limit: 3 }),
]);

const most = Math.max(1, ...days.map((day) => day.views));
const bar = (views: number) => "#".repeat(Math.round((views / most) * 30));
const percent = (share: number) => `${(share * 100).toFixed(1)} %`;

function nameOf(source: analytics.Source): string {
  switch (source.kind) {
    case "direct":
      return "no referrer";
    case "search":
      return `search with ${source.engine}`;
    case "site":
      return source.host;
  }
}

const body = [
  `${summary.views} page views by ${summary.visitors} visitors, ${from} to ${to}.`,
  "",
  ...days.map((day) => `${day.day} ${String(day.views).padStart(5)} ${bar(day.views)}`),
  "",
  "Most read:",
  ...pages.map((page) => `- ${page.path}: ${page.views} (${percent(page.share)})`),
  "",
  "People came from:",
  ...sources.map(({ source, views }) => `- ${nameOf(source)}: ${views}`),
  "",
  "Not found, or failed:",
  ...broken.map(({ path, status, requests, linkedFrom }) =>
    [`- ${path}: ${requests} times ${status}`, ...linkedFrom.map((page) => `linked from ${page}`)].join("\n    ")),
  "",
  `${malformed} lines of the log couldn't be understood.`,
  "",
].join("\n");

const subject = `Traffic, ${from} to ${to}: ${summary.views} views`;
await email.send({ to: "team@example.org", subject, body });

return { subject, busiestDay: summary.busiestDay, topPage: pages[0]?.path ?? null };
