const twice = (number) => number + number;
