'use strict';
// Not needed to read the page: sorts tables by a click on a column's title, filters long ones, opens what is folded for print.
(function () {
  function number(text) {
    var m = /^[+-]?[0-9][0-9,]*(\.[0-9]+)?/.exec(text);
    return m ? parseFloat(m[0].replace(/,/g, '')) : NaN;
  }
  function compare(a, b) {
    var x = number(a), y = number(b);
    if (!isNaN(x) && !isNaN(y)) return x - y;
    if (isNaN(x) !== isNaN(y)) return isNaN(x) ? -1 : 1;
    return a < b ? -1 : a > b ? 1 : 0;
  }
  function sort(table, head, column) {
    var body = table.tBodies[0], down = head.getAttribute('aria-sort') !== 'descending';
    var rows = Array.prototype.slice.call(body.rows).map(function (row, i) {
      return { row: row, i: i, text: row.cells[column] ? row.cells[column].textContent.trim() : '' };
    });
    rows.sort(function (a, b) { var c = compare(a.text, b.text); return (down ? -c : c) || a.i - b.i; });
    rows.forEach(function (r) { body.appendChild(r.row); });
    Array.prototype.forEach.call(head.parentNode.cells, function (h) { h.removeAttribute('aria-sort'); });
    head.setAttribute('aria-sort', down ? 'descending' : 'ascending');
  }
  function addSort(table) {
    Array.prototype.forEach.call(table.tHead.rows[0].cells, function (head, column) {
      if (!head.textContent) return;
      var button = document.createElement('button');
      button.type = 'button';
      button.textContent = head.textContent;
      button.addEventListener('click', function () { sort(table, head, column); });
      head.textContent = '';
      head.appendChild(button);
    });
  }
  function addFilter(table) {
    var label = document.createElement('label'), input = document.createElement('input');
    label.className = 'filter';
    label.textContent = 'Only rows with';
    input.type = 'search';
    input.addEventListener('input', function () {
      var want = input.value.toLowerCase();
      Array.prototype.forEach.call(table.tBodies[0].rows, function (row) {
        row.hidden = row.textContent.toLowerCase().indexOf(want) < 0;
      });
    });
    label.appendChild(input);
    table.parentNode.parentNode.insertBefore(label, table.parentNode);
  }
  Array.prototype.forEach.call(document.querySelectorAll('table.sort'), function (table) {
    if (!table.tHead || table.tBodies[0].rows.length < 2) return;
    addSort(table);
    if (table.tBodies[0].rows.length > 12) addFilter(table);
  });
  window.addEventListener('beforeprint', function () {
    Array.prototype.forEach.call(document.querySelectorAll('details'), function (d) { d.open = true; });
  });
  document.documentElement.setAttribute('data-script', 'runs');
})();
