/** `ksvla watch` and `ksvla run` in a real terminal: tmux. Skipped where there is none. */
import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as pause } from "node:timers/promises";
import widthOf from "string-width";
import { SvmBench } from "../e2e/support/svms";
import { cleanEnvironment } from "../e2e/support/workspace";
import { until } from "../support/until";

jest.setTimeout(120_000);

const KSVLA = join(__dirname, "..", "..", "dist", "cli", "ksvla.js");

const hasTmux = spawnSync("tmux", ["-V"]).status === 0;
const describeInTmux = hasTmux ? describe : describe.skip;

describeInTmux("in a terminal (tmux)", () => {
  let folder: string;
  /** A tmux of its own for each test: one that is ending would answer the next. */
  let socket = "";
  let opened = 0;

  beforeEach(() => {
    opened += 1;
    socket = `ksvla-test-${process.pid}-${opened}`;
  });
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "ksvla-terminal-"));
  });
  afterEach(() => spawnSync("tmux", ["-L", socket, "kill-server"]));
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  const tmux = (...args: readonly string[]) =>
    execFileSync("tmux", ["-L", socket, "-f", "/dev/null", ...args], { encoding: "utf8" });
  const open = (columns: number, cwd: string, command: string, rows = 20) => {
    const size = ["-x", String(columns), "-y", String(rows)];
    const environment = Object.entries({ ...cleanEnvironment(folder), TMPDIR: folder, LC_ALL: "C.UTF-8" });
    const settings = environment.flatMap(([name, value]) => ["-e", `${name}=${value}`]);
    // It stays, so that its end can be read.
    tmux("new-session", "-d", ...size, ...settings, "-c", cwd, `trap : INT; ${command}; echo "exit code $?"; sleep 60`);
  };
  /** The lines that it shows and, above them, those that have scrolled away. */
  const screen = () =>
    tmux("capture-pane", "-p", "-S", "-")
      .trimEnd()
      .split("\n")
      .map((line) => line.trimEnd());
  const shows = (pattern: RegExp) =>
    until(() => pattern.test(screen().join("\n"))).catch(() => {
      throw new Error(`It does not show ${pattern}, but:\n${screen().join("\n")}`);
    });

  describe("watch", () => {
    let bench: SvmBench;

    beforeAll(async () => {
      // Slow enough to be looked at.
      bench = await SvmBench.start({ timeScale: 0.15 });
    });
    beforeEach(() => bench.reset());
    afterAll(() => bench.stop());

    const deploy = () => {
      bench.simulator.world.tasks.failNext({ parameters: { svmName: "b" }, message: "no space left on the storage" });
      bench.write(bench.onHost("a"), bench.onHost("b"), bench.onHost("a-name-of-more-than-forty-characters-is-cut"));
      return bench.workspace.run(["apply", "-auto-approve"]);
    };

    test.each([
      { columns: 50, live: [/^a deploying +\d+ % +\ds$/m, /^ {2}[A-Z]\w+$/m], id: /^ {2}id [\da-f-]{36},$/m },
      {
        columns: 110,
        live: [/^a on esx-01 {2,}deploying {6}[A-Z]\w+ +\d+ % +\ds$/m],
        id: /^✓ a on esx-01 created, id [\da-f-]{36}, address [\d.]+ \(\ds\)$/m,
      },
    ])(
      "$columns columns: one place for what is under way, and lines that stay for what has ended",
      async ({ columns, live, id }) => {
        open(columns, bench.workspace.directory, `${KSVLA} watch`);
        await shows(/^No task so far · \d+s$/m);
        const deployed = deploy();
        for (const pattern of live) await shows(pattern);
        const during = screen();
        expect(during.filter((line) => /^\d+ (deployed|running|waiting|failed).* · \d+s$/.test(line))).toHaveLength(1);
        expect(Math.max(...during.map(widthOf))).toBeLessThanOrEqual(columns);
        await deployed;
        await shows(/^exit code/m);

        const after = screen();
        const text = after.join("\n");
        expect(text).toMatch(id);
        expect(after.filter((line) => line.startsWith("✓"))).toHaveLength(2);
        expect(after.filter((line) => line.startsWith("✗ b on esx-01 deploy failed:"))).toHaveLength(1);
        expect(text.replace(/\n {2}/g, " ")).toContain("no space left on the storage");
        expect(text.replace(/\n {2}/g, " ")).toMatch(
          /^The run has ended, after \d+s: 2 deployed, 1 failed\.\nexit code 1$/m,
        );
        expect(text).not.toContain("deploying");
        expect(Math.max(...after.map(widthOf))).toBeLessThanOrEqual(columns);
      },
    );

    test("a terminal that is made narrower and wider meanwhile has nothing twice", async () => {
      open(110, bench.workspace.directory, `${KSVLA} watch`);
      const deployed = deploy();
      await shows(/^a on esx-01 {2,}deploying/m);
      for (const columns of [50, 80, 60, 110]) {
        tmux("resize-window", "-x", String(columns));
        await pause(700);
      }
      await deployed;
      await shows(/^exit code/m);
      expect(
        screen()
          .join("\n")
          .match(/^✓ a on esx-01 created/gm),
      ).toHaveLength(1);
      // What breaks when it is made narrower, tmux moves out of sight, where nobody can draw over it.
      expect(tmux("capture-pane", "-p")).not.toContain("deploying");
    });
  });

  describe("run", () => {
    test("Ctrl-C reaches the command once, by the terminal, and its end is awaited", async () => {
      const log = join(folder, "interrupts");
      const script = `trap 'echo interrupt >> ${log}' INT; echo ready; sleep 2; sleep 1; exit 9`;
      open(80, folder, `${KSVLA} run -- sh -c "${script}"`);
      await shows(/^ready$/m);
      tmux("send-keys", "C-c");
      // The terminal shows the key, too.
      await shows(/exit code 9$/m);
      expect(readFileSync(log, "utf8")).toBe("interrupt\n");
    });

    test("a command at a terminal has that terminal", async () => {
      open(
        80,
        folder,
        `${KSVLA} run -- sh -c 'test -t 0 && test -t 1 && test -t 2 && echo "of $(stty size)" && read answer && echo "got $answer"'`,
      );
      await shows(/^of 20 80$/m);
      tmux("send-keys", "yes", "Enter");
      await shows(/^got yes$/m);
      await shows(/^exit code 0$/m);
    });
  });
});
