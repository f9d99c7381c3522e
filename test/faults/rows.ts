/** The whole table. */
import { callRows } from "./calls";
import { listRows } from "./lists";
import type { Row } from "./row";
import { taskRows } from "./tasks";

export const allRows = (): readonly Row[] => [...callRows(), ...taskRows(), ...listRows()];

export const titleOf = ({ at, during, fault }: Row): string => `${at}, ${during}: ${fault}`;
