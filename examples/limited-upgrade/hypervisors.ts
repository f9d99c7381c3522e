/** The hypervisors, and in which groups their SVMs are upgraded. */

const HYPERVISORS = ["esx-01", "esx-02"];

/** So many hypervisors have their SVMs replaced at a time. */
const LIMIT = 1;

/** One after the other. A hypervisor that is added later goes to the end, so that the others keep their groups. */
export const GROUPS: readonly (readonly string[])[] = Array.from(
  { length: Math.ceil(HYPERVISORS.length / LIMIT) },
  (_, group) => HYPERVISORS.slice(group * LIMIT, (group + 1) * LIMIT),
);
