/* Six words: drawn here, picked out again, and what was typed compared with the list. */
(function (Line, Sealing) {
  'use strict';
  var COUNT = 6, ASKED = 3, CHOICES = 4, FAR = 3, list = null;

  Line.wordList = async function () {
    var answer;
    if (!list) {
      try { answer = await Line.send(Line.root.dataset.words, {}); } catch (e) { throw new Line.Lost(); }
      if (!answer.ok) throw new Line.Refused(answer.status, '');
      list = (await answer.text()).split(' ');
    }
    return list;
  };

  function shuffled(items) {
    return items.map(function (item) {
      return [crypto.getRandomValues(new Uint32Array(1))[0], item];
    }).sort(function (one, other) { return one[0] - other[0]; }).map(function (pair) { return pair[1]; });
  }

  /* Three of the six places, each with four words to choose from. */
  Line.questions = function (words) {
    var six = words.split(' ');
    return shuffled([0, 1, 2, 3, 4, 5]).slice(0, ASKED).sort().map(function (place) {
      var others = Sealing.words.pick(list).split(' ').filter(function (word) {
        return word !== six[place];
      });
      return {
        place: place + 1, right: six[place],
        choices: shuffled([six[place]].concat(others.slice(0, CHOICES - 1)))
      };
    });
  };

  /* How many letters must change (Levenshtein), up to FAR. */
  function distance(one, other) {
    var row = [], i, j, before, now;
    if (Math.abs(one.length - other.length) >= FAR) return FAR;
    for (j = 0; j <= other.length; j++) row[j] = j;
    for (i = 1; i <= one.length; i++) {
      before = row[0];
      row[0] = i;
      for (j = 1; j <= other.length; j++) {
        now = row[j];
        row[j] = Math.min(now + 1, row[j - 1] + 1, before + (one[i - 1] !== other[j - 1]));
        before = now;
      }
    }
    return row[other.length];
  }

  function nearest(word) {
    var best = '', least = FAR;
    list.forEach(function (known) {
      var far = distance(word, known);
      if (far < least) { least = far; best = known; }
    });
    return best;
  }

  /* What is amiss with typed words: {count} when not six, {slips: [[typed, nearest]]}. */
  Line.slipsOf = function (typed) {
    var words = Sealing.words.normalise(typed).split(' ').filter(Boolean);
    return {
      count: words.length === COUNT ? 0 : words.length,
      isFit: words.length === COUNT && words.every(function (word) { return list.indexOf(word) >= 0; }),
      slips: words.slice(0, 2 * COUNT).filter(function (word) {
        return list.indexOf(word) < 0;
      }).map(function (word) { return [word, nearest(word)]; })
    };
  };
})(window.Line, window.Sealing);
