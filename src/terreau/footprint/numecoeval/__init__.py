"""The compatible rule set numecoeval-2.2, to compare like with like (jeu de règles compatible)."""
