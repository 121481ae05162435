/** The last hour of this process' meters, as far as the page has heard of it, and kept up. */
import { api } from './api.js';

const HOUR = 3_600_000;

export class Samples {
  window = { at: [], series: {} };

  /** Asks for what is new. */
  async refresh() {
    const since = this.window.at.at(-1) ?? 0;
    const { at, series } = await api.samples(since);
    const begin = (at.at(-1) ?? since) - HOUR;
    const old = this.window.at.findIndex((millis) => millis > begin);
    const from = old < 0 ? this.window.at.length : old;
    const names = Object.keys(series);
    this.window = {
      at: [...this.window.at.slice(from), ...at],
      series: Object.fromEntries(
        names.map((name) => [name, [...(this.window.series[name] ?? []).slice(from), ...series[name]]]),
      ),
    };
  }

  /** The newest value that is known, of the last minute. */
  newest(name) {
    return (this.window.series[name] ?? []).slice(-12).findLast((value) => value !== null) ?? null;
  }

  /** When the newest was taken, by the server's clock. */
  get time() {
    return this.window.at.at(-1) ?? Date.now();
  }
}
