/** Every tunable number of the baseline, with its unit and origin. Changing one raises METHOD (lib/pipeline/deviation/method.ts). */

/** Pseudo-count of the back-off (θ of the Pitman–Yor process), in observations. Origin: prototype, one made-up observation. */
export const THETA = 1

/** Bounds of the discount d = N₁/K, a share. Origin: prototype; outside them a handful of values decides too much. */
export const DISCOUNT_MIN = 0.1
export const DISCOUNT_MAX = 0.95

/** A seen value's share of the outer scope's mass is at most this much above it, a probability. Origin: prototype. */
export const SEEN_SLACK = 0.5

/** Days after which a trusted hour weighs half, unless an administrator sets another. Origin: a month holds one of everything that patching and payroll do. */
export const HALF_LIFE_DAYS = 30

/** Days of usage that a host's baseline folds over, unless an administrator sets another. Origin: six half-lives, 1/64 of the weight. */
export const WINDOW_DAYS = 180

/** Fixed-point weight of one hour today: integers keep sums independent of order. */
export const HOUR_UNIT = 65_536

/** A pattern is old after this many days. Origin: scoring method; an intrusion is noticed or gone by then more often than not. */
export const COMMON_MIN_AGE_DAYS = 7

/** … and spread if observed on this many days, or hosts. Origin: prototype. */
export const COMMON_MIN_DAYS = 3
export const COMMON_MIN_HOSTS = 3

/** Hosts alone make nothing common within fewer days than this: that is a burst. */
export const BURST_MIN_DAYS = 2

/** Microseconds between the first hosts of a day and a later one from which a pattern is being rolled out. Origin: in nine bursts of written attacks the last host came within 52 minutes. */
export const ROLL_OUT_US = 3_600_000_000

/**
 * Hosts that a pattern reaches in a day until further ones say no more of it, however fast: its item holds them all. Origin: by hand, above the fifteen hosts that attacks
 * of written fleets reach; 16 to 24 do alike there, at eight to twelve one fleet lost what another gained.
 */
export const REACHED_HOSTS = 20
