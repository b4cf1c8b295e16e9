// Makes mistakes that types can't prevent. Each comes back as an error that says what to write instead.

const attempts: [string, () => Promise<unknown>][] = [
  ["a day that the calendar hasn't", () => analytics.dailyViews({ since: "2026-11-31" })],
  ["a period that ends before it begins", () =>
    analytics.summary({ period: { from: "2026-11-15", to: "2026-11-09" } })],
  ["a time that the log doesn't cover", () =>
    analytics.summary({ period: { from: "2025-01-01", to: "2025-01-31" } })],
  ["a recipient without a domain", () =>
    email.send({ to: "team", subject: "Traffic", body: "It grows." })],
];

for (const [mistake, attempt] of attempts) {
  try {
    await attempt();
  } catch (error) {
    console.log(`${mistake}: ${(error as Error).message}`);
  }
}

// What comes from outside has whatever type it has: a number that is a string, a field of another tool.
const settings = JSON.parse('{ "since": "2026-11-09", "days": "7" }');
try {
  await analytics.dailyViews(settings);
} catch (error) {
  console.log(`a string for a number: ${(error as Error).message}`);
}

const input = { since: "2026-11-09", limit: 7 };
// Not caught, so it ends the run.
return await analytics.dailyViews(input);
