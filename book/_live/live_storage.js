// What the live notebooks keep in this browser: lists it, gives it out as files, deletes it. Only storages of this book.
(() => {
  'use strict';
  const PREFIX = 'word2vec, line by line ';
  const box = document.getElementById('w2v-live-storage');
  if (!box) return;

  const promise = request =>
    new Promise((resolve, reject) => {
      request.onsuccess = () => resolve(request.result);
      request.onerror = () => reject(request.error);
      request.onblocked = () => reject(new Error('a live notebook is still open in another tab: close it first'));
    });

  const storages = async () => {
    if (!indexedDB.databases)
      throw new Error("this browser does not list its storages; delete the site's data in its settings");
    return (await indexedDB.databases())
      .map(one => one.name)
      .filter(name => name.startsWith(PREFIX))
      .sort();
  };

  // The notebooks saved in a storage: [{path, content, ...}].
  const saved = async name => {
    const database = await promise(indexedDB.open(name));
    try {
      if (!database.objectStoreNames.contains('files')) return [];
      return await promise(database.transaction('files').objectStore('files').getAll());
    } finally {
      database.close();
    }
  };

  const download = file => {
    const text = typeof file.content === 'string' ? file.content : JSON.stringify(file.content, null, 1);
    const link = document.createElement('a');
    link.href = URL.createObjectURL(new Blob([text], { type: 'application/json' }));
    link.download = file.name;
    link.click();
    setTimeout(() => URL.revokeObjectURL(link.href), 1000);
  };

  const element = (tag, text, more = {}) => Object.assign(document.createElement(tag), { textContent: text }, more);
  const say = text => box.replaceChildren(element('p', text, { role: 'status' }));

  const current = async () => {
    const answer = await fetch(new URL(box.dataset.config, location.href), { cache: 'no-cache' });
    return (await answer.json())['jupyter-config-data'].contentsStorageName;
  };

  const remove = async names => {
    for (const name of names) await promise(indexedDB.deleteDatabase(name));
    await show();
  };

  const row = async (name, ours) => {
    const files = (await saved(name)).filter(file => file.type === 'notebook');
    const item = element('li', name === ours ? 'This version of the book: ' : 'An earlier version of the book: ');
    if (!files.length) item.append('no notebook was changed. ');
    for (const file of files)
      item.append(
        element('button', `Save ${file.name} as a file`, { type: 'button', onclick: () => download(file) }),
        ' ',
      );
    item.append(
      element('button', 'Delete', { type: 'button', className: 'w2v-delete', onclick: () => ask(item, files, name) }),
    );
    return item;
  };

  // Deleting is asked twice, in the place of the first question.
  const ask = (item, files, name) => {
    const count = files.length === 1 ? 'one notebook' : `${files.length} notebooks`;
    const yes = element('button', 'Yes, delete', {
      type: 'button',
      onclick: () => remove([name]).catch(fault => say(fault.message)),
    });
    const no = element('button', 'No', { type: 'button', onclick: () => show() });
    item.replaceChildren(element('span', `Delete ${count} for good? `), yes, ' ', no);
    yes.focus();
  };

  const show = async () => {
    const [names, ours] = [await storages(), await current()];
    if (!names.length) return say('Nothing of this book is kept in this browser.');
    const list = document.createElement('ul');
    for (const name of names) list.append(await row(name, ours));
    box.replaceChildren(list);
  };

  if (location.protocol === 'file:') say('The live part needs a web server: run  make serve  first.');
  else show().catch(fault => say(`The storage could not be read: ${fault.message}`));
})();
