// Preloaded into every process of the app. The supervisor can move the process's wall clock forward, as if the time had passed;
// timers keep their pace.
const RealDate = Date;
let shift = Number(process.env.CLOCK_SHIFT_MS ?? 0);
delete process.env.CLOCK_SHIFT_MS;

globalThis.Date = class extends RealDate {
  constructor(...args) {
    if (args.length === 0) super(RealDate.now() + shift);
    else super(...args);
  }
  static now() {
    return RealDate.now() + shift;
  }
};

process.on('message', (message) => {
  if (typeof message?.clockShiftMs !== 'number') return;
  shift = message.clockShiftMs;
  process.send?.({ clockShiftMs: shift });
});
process.channel?.unref();
