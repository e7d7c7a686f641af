/* A body without a function around it. */

TYPE sum = START;
for (int i = 0; i < n; i++)
    sum += WEIGHT(i) * x[i] * x[i];
return sum;
