// Compares the week in which a news site linked to the blog with the week before.

const before = { from: "2026-10-12", to: "2026-10-18" };
const after = { from: "2026-10-19", to: "2026-10-25" };
const ownHost = "www.example.com";

const [earlier, later, earlierSources, laterSources] = await Promise.all([
  analytics.summary({ period: before }),
  analytics.summary({ period: after }),
  analytics.referrers({ period: before, ownHost, limit: 100 }),
  analytics.referrers({ period: after, ownHost, limit: 100 }),
]);

const change = (from: number, to: number) => ({
  from,
  to,
  percent: from === 0 ? null : Math.round(((to - from) / from) * 100),
});

const key = (source: analytics.Source) => JSON.stringify(source);
const known = new Map(earlierSources.map(({ source, views }) => [key(source), views]));
const gained = laterSources
  .map(({ source, views }) => ({ source, more: views - (known.get(key(source)) ?? 0) }))
  .toSorted((a, b) => b.more - a.more)
  .slice(0, 3);

console.log(`busiest day: ${later.busiestDay?.day ?? "none"}, with ${later.busiestDay?.views ?? 0} views`);

return {
  views: change(earlier.views, later.views),
  visitors: change(earlier.visitors, later.visitors),
  failed: change(earlier.requests.failed, later.requests.failed),
  topPages: [earlier.topPage?.path ?? null, later.topPage?.path ?? null],
  gained,
};
