import { AlwaysStencilFunc, EqualStencilFunc, KeepStencilOp, NotEqualStencilFunc, ReplaceStencilOp, type StencilFunc, type StencilOp } from 'three'

const MARK = 1
const base = { stencilWrite: true, stencilRef: MARK, stencilFail: KeepStencilOp as StencilOp, stencilZFail: KeepStencilOp as StencilOp }

/** The network marks its pixels, so that the ground over it can be thinner there: lines stay bright under a ground that still reads as one. */
export const NETWORK_STENCIL = {
  write: { ...base, stencilFunc: AlwaysStencilFunc as StencilFunc, stencilZPass: ReplaceStencilOp as StencilOp },
  overNetwork: { ...base, stencilFunc: EqualStencilFunc as StencilFunc, stencilZPass: KeepStencilOp as StencilOp },
  besideNetwork: { ...base, stencilFunc: NotEqualStencilFunc as StencilFunc, stencilZPass: KeepStencilOp as StencilOp },
} as const
