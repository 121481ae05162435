/** Numbers and times as operators read them. */

const whole = new Intl.NumberFormat('en', { maximumFractionDigits: 0 });
const fine = new Intl.NumberFormat('en', { maximumFractionDigits: 1 });
const clock = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit', second: '2-digit' });
const minute = new Intl.DateTimeFormat('en-GB', { hour: '2-digit', minute: '2-digit' });
const day = new Intl.DateTimeFormat('en-GB', { year: 'numeric', month: '2-digit', day: '2-digit' });

const UNKNOWN = '–';

const known = (format) => (value) => (value === null || value === undefined || Number.isNaN(value) ? UNKNOWN : format(value));

/** 12, 3.4, 1,234 */
export const count = known((value) => (Math.abs(value) < 10 ? fine : whole).format(value));

/** Of seconds: 0.8 ms, 12 ms, 1.5 s */
export const duration = known((seconds) =>
  seconds < 1 ? `${count(seconds * 1000)} ms` : `${fine.format(seconds)} s`,
);

export const percent = known((share) => `${fine.format(share * 100)} %`);

export const bytes = known((size) => {
  if (size < 1024) {
    return `${whole.format(size)} B`;
  }
  return size < 1024 * 1024 ? `${fine.format(size / 1024)} KB` : `${fine.format(size / 1024 / 1024)} MB`;
});

export const timeOfDay = known((millis) => clock.format(millis));
export const minuteOfDay = known((millis) => minute.format(millis));

/** With the day where it is not today's. */
export const moment = known((millis) =>
  day.format(millis) === day.format(Date.now()) ? clock.format(millis) : `${day.format(millis).split('/').reverse().join('-')} ${clock.format(millis)}`,
);

/** How long ago, roughly. */
export const age = known((millis) => {
  const seconds = Math.max(0, Math.round((Date.now() - millis) / 1000));
  if (seconds < 60) {
    return `${seconds} s`;
  }
  if (seconds < 3600) {
    return `${Math.floor(seconds / 60)} min`;
  }
  return seconds < 86_400
    ? `${Math.floor(seconds / 3600)} h ${Math.floor((seconds % 3600) / 60)} min`
    : `${Math.floor(seconds / 86_400)} d ${Math.floor((seconds % 86_400) / 3600)} h`;
});
