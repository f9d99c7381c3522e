/** A few rows of the table, one of each kind; `npm run test:faults` has all of them. */
import { runRow } from "./row";
import { allRows, titleOf } from "./rows";

const CHOSEN = [
  "POST /infrastructures, apply: reset, done",
  "DELETE /infrastructures/*, destroy: 500, done",
  "GET /infrastructures/*, plan: HTML",
  "POST /management/deployment/svm/, apply: reset, done",
  "POST /management/deployment/svm/, apply: 429, Retry-After",
  "PUT /management/deployment/svm/, update: truncated",
  "DELETE /management/deployment/svm/, destroy: 502, done",
  "POST /ha/instances, apply: wrong types",
  "task: deployment, apply: Failed, one SVM",
  "task: removal, destroy: completed, a child runs, always",
  "lists, apply: late by 10 s, the answer to a deployment lost",
  "lists, update: late by 60 s, the connection replaced",
  "lists, again: other ids",
];

const rows = allRows();

test.concurrent.each(CHOSEN)("%s: nothing is lost or there twice, and the next run goes on", async (title) => {
  const row = rows.find((each) => titleOf(each) === title);
  if (row === undefined) throw new Error(`The table has no row "${title}".`);

  const { problems, messages } = await runRow(row);

  expect({ problems, messages: problems.length > 0 ? messages : [] }).toEqual({ problems: [], messages: [] });
});

test("no two rows have one title", () => {
  const titles = rows.map(titleOf);

  expect(titles.filter((title, index) => titles.indexOf(title) < index)).toEqual([]);
});
