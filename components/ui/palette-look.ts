/** Of lists that are searched by typing. */
export const PALETTE_INPUT = 'h-11 w-full border-b bg-transparent px-4 outline-none placeholder:text-muted'
export const PALETTE_LIST = 'max-h-96 overflow-y-auto p-2'
export const PALETTE_ITEM =
  'flex h-8 cursor-pointer items-center gap-2 rounded-sm px-2 data-[selected=true]:bg-selected [&_svg]:size-4 [&_svg]:text-muted'
