import fc from 'fast-check'

/** Properties are asked the same cases in every run, so that a change fails for what it does: SEED=$RANDOM npx vitest asks others. */
fc.configureGlobal({ seed: Number(process.env.SEED ?? 1218) })
