interface Engine {
  /** The beginning of its version. */
  readonly docker: '20.10' | '26.1' | '28.5';
  /** The Debian that ships it. */
  readonly suite: string;
}

/** The engine that this run of the test file is about; jest.config.js makes a project of each. */
export const { engine } = globalThis as unknown as { readonly engine: Engine };
