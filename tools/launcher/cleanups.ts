type Cleanup = () => Promise<void> | void;

/** What has to be undone at the end, last done first. One that fails doesn't keep the others from being run. */
export class Cleanups {
  private readonly cleanups: Cleanup[] = [];

  add(cleanup: Cleanup): void {
    this.cleanups.push(cleanup);
  }

  /** @throws the first failure, after all were tried */
  async run(): Promise<void> {
    const failures: unknown[] = [];
    for (const cleanup of this.cleanups.splice(0).reverse()) {
      try {
        await cleanup();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  }
}
