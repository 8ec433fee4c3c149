/** Lets a loop wait until it is woken or some time has passed; a call that comes while it is busy isn't lost. */
export class WakeUp {
  private called = false;
  private resolve: (() => void) | null = null;

  now(): void {
    this.called = true;
    this.resolve?.();
  }

  async within(milliseconds: number): Promise<void> {
    if (!this.called) {
      let timer: NodeJS.Timeout | undefined;
      await new Promise<void>((resolve) => {
        this.resolve = resolve;
        timer = setTimeout(resolve, milliseconds);
      });
      clearTimeout(timer);
      this.resolve = null;
    }
    this.called = false;
  }
}
