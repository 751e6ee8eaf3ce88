declare module 'pdfmake/build/fonts/Roboto.js' {
  const container: {
    vfs: Record<string, { data: string; encoding: BufferEncoding }>
    fonts: import('pdfmake/interfaces').TFontDictionary
  }
  export = container
}
