#include <stdio.h>

int main(void)
{
    puts("안녕하세요!");
    return 0;
}
